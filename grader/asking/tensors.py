"""What differs between two tensors: device, shape, dtype, NaN and infinity, then values."""

from __future__ import annotations

import torch

from grader.asking.codec import facts
from grader.asking.difference import Difference, Manner, of_kinds, with_relation
from grader.asking.relations import relation, same_numbers
from grader.asking.relations.plain import of_numbers
from grader.asking.tolerances import wrong as wrong_elements
from grader.asking.words import short, shown


def identical(got: object, expected: object) -> bool:
    """Whether these are tensors and the same in every bit that counts: then nothing else need be computed."""
    if not isinstance(expected, torch.Tensor) or type(got) not in (torch.Tensor, torch.nn.Parameter):
        return False
    assert isinstance(got, torch.Tensor)
    if (facts(got).device, got.dtype, got.shape) != (facts(expected).device, expected.dtype, expected.shape):
        return False
    return torch.equal(got.detach().cpu(), expected.detach().cpu())


def of_tensors(got: object, expected: torch.Tensor, manner: Manner) -> Difference | None:
    """What differs between an answer and the tensor that is right."""
    if type(got) not in (torch.Tensor, torch.nn.Parameter):
        return of_kinds(got, expected)
    assert isinstance(got, torch.Tensor)
    device, right = facts(got).device, facts(expected).device
    mine, theirs = got.detach().cpu(), expected.detach().cpu()
    if device != right:
        return Difference(f"it is on {device} and should be on {right}{_numbers_right(mine, theirs, manner)}")
    if mine.shape != theirs.shape:
        related = relation(mine, theirs) if manner.remarks else ""
        note = f" ({related})" if related else ""
        return Difference(f"the shape is {tuple(mine.shape)}, it should be {tuple(theirs.shape)}{note}")
    if mine.dtype != theirs.dtype:
        note = _numbers_right(mine, theirs, manner)
        return Difference(f"the dtype is {short(mine.dtype)}, it should be {short(theirs.dtype)}{note}")
    exact = manner.exact.detach().cpu() if isinstance(manner.exact, torch.Tensor) else None
    return _of_nonfinite(mine, theirs) or _of_values(mine, theirs, exact, manner)


def _numbers_right(got: torch.Tensor, expected: torch.Tensor, manner: Manner) -> str:
    return " (the numbers are right)" if manner.remarks and same_numbers(got, expected) else ""


def _of_nonfinite(got: torch.Tensor, expected: torch.Tensor) -> Difference | None:
    if not (expected.is_floating_point() or expected.is_complex()):
        return None
    for name, test in (("NaN", torch.isnan), ("infinite", torch.isinf)):
        wrong = test(got) & ~test(expected)
        if wrong.any():
            return Difference(_places(wrong, name), seen=(got, wrong))
        missing = test(expected) & ~test(got)
        if missing.any():
            where = f"element {_first(missing)} " if got.ndim else "it "
            return Difference(f"{where}is not {name}, and should be")
    return None


def _places(wrong: torch.Tensor, what: str) -> str:
    """Which elements are something that they should not be."""
    number, flat = int(wrong.sum()), wrong.flatten()
    if wrong.numel() == 1:
        return f"it is {what}"
    if number == wrong.numel():
        return f"{'both' if number == 2 else f'all {number}'} elements are {what}"
    if number > 1 and bool(flat[-number:].all()):
        return f"it is {what} from element {_first(wrong)} on"
    many = f"{number} of {wrong.numel()} elements {'is' if number == 1 else 'are'} {what}"
    return f"{many}, {'' if number == 1 else 'the first '}at {_first(wrong)}"


def _of_values(
    got: torch.Tensor, expected: torch.Tensor, exact: torch.Tensor | None, manner: Manner
) -> Difference | None:
    wrong = wrong_elements(got, expected, exact, manner.tolerance)
    if expected.is_floating_point():
        wrong = wrong | (torch.isinf(expected) & (got != expected))
    if not wrong.any():
        return None
    first = shown(got.flatten()[int(wrong.flatten().nonzero()[0])].item())
    if got.numel() == 1:
        related = of_numbers(got.item(), expected.item()) if manner.remarks and not got.is_complex() else ""
        clause = f"{first} is not the right value" if got.ndim == 0 else f"its only element, {first}, is wrong"
        return Difference(with_relation(clause, related))
    number = int(wrong.sum())
    clause = _places(wrong, "wrong")
    clause += f"; the first of yours is {first}" if number == got.numel() else f", where yours is {first}"
    return Difference(with_relation(clause, relation(got, expected) if manner.remarks else ""), seen=(got, wrong))


def _first(mask: torch.Tensor) -> tuple[int, ...] | int:
    index = tuple(int(i) for i in mask.nonzero()[0])
    return index[0] if len(index) == 1 else index
