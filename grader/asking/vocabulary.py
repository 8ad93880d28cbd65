"""What a suite may say: helpers that judge an answer and raise Failure in words for the student.

They refuse to be used weakly. An empty list of cases, a reference that gives NaN, nothing or one constant for every
case, a single case where a hard-coded answer would pass: each is a fault of the suite (CourseError), not a pass.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import torch

from grader.asking import surroundings
from grader.asking.codec import facts
from grader.asking.compare import Difference, difference, identical
from grader.asking.effects import Effect, Forbidden, Kind
from grader.asking.probes import Probe, probe
from grader.asking.remains import remains, touched
from grader.asking.remote import Remote, handle_of
from grader.asking.tolerances import Tolerance
from grader.asking.variations import LAYOUTS, Case, Variation, variations
from grader.asking.words import Parts, a, article, stayed
from grader.errors import CourseError, Failure, StudentError

__tracebackhide__ = True  # in pytest an author sees the test that failed, not how we asked

# What never stays in the kernel, whatever class a value there claims to be of.
PLAIN = (int, float, complex, str, bytes, list, tuple, dict, set, frozenset, torch.Tensor, np.ndarray)

Cases = Iterable[Case] | Mapping[str, Case]


def agree(
    answer: Callable[..., Any],
    oracle: Callable[..., Any],
    cases: Cases,
    *,
    tolerance: Tolerance | None = None,
    nonfinite: bool = False,
    constant: bool = False,
    parts: Parts = None,
    layouts: Collection[str] = LAYOUTS,
    dtypes: str | Sequence[torch.dtype] = "",
    empty: Collection[int] = (),
    single: Collection[int] = (),
    shapes: str = "",
    graph: bool = False,
    draws: bool = False,
) -> None:
    """The student's function must give what the reference gives, for every case and its variations.

    Args:
        answer: the student's function, `student.name`.
        oracle: the reference's.
        cases: tuples of arguments; with a mapping, the key is told to the student ("for a batch of one").
        tolerance: instead of the derived one; the reason belongs beside the number.
        nonfinite: the reference may give NaN or infinity.
        constant: the reference may give the same answer for every case.
        parts: names for the items of an answer that is a list or a tuple, in the words of the task: "epoch",
            "images, labels", "batch: images, labels".
        draws: the call may use up random numbers though the reference does not: where making a layer is a way to go.
        layouts, dtypes, empty, single, shapes, graph: in which ways the cases are varied; see grader.asking.variations.

    Raises Failure when they differ, StudentError when the student's function raises, CourseError when the cases cannot
    tell right from wrong. What else a call does, such as to change an argument, is noted: see grader.asking.effects.
    """
    labelled = _labelled(cases)
    _must_be_a_function(answer)
    expected = [oracle(*copy.deepcopy(case)) for _, case in labelled]
    _check_cases([case for _, case in labelled], expected, nonfinite=nonfinite, constant=constant)
    manner = {"tolerance": tolerance, "parts": parts}
    for (label, case), due in zip(labelled, expected, strict=True):
        _compare(answer, oracle, label, case, due, manner)
    ways: dict[str, Any] = {"layouts": layouts, "dtypes": dtypes, "empty": empty, "single": single}
    with handle_of(answer).interview.beyond() if type(answer) is Remote else contextlib.nullcontext():
        for more in variations(labelled, **ways, shapes=shapes, graph=graph):
            if (due := _due(oracle, more, nonfinite=nonfinite)) is not _NOTHING:
                got = _compare(answer, oracle, more.label, more.case, due, manner)
                if more.graph and any(map(_records, _leaves(due))) and not any(map(_records, _leaves(got))):
                    raise Failure(sentence(answer, "the result has lost the graph: no gradient comes back", more.label))
        if type(answer) is Remote:
            for kind, clause in remains(answer, oracle, labelled[0][1], draws=draws):
                _note(answer, kind, sentence(answer, clause))


_NOTHING = object()


def _due(oracle: Callable[..., Any], more: Variation, *, nonfinite: bool) -> object:
    """What the reference gives; nothing where a variation was only tried and is no case that it can answer."""
    try:
        due = oracle(*copy.deepcopy(more.case))
        if not nonfinite:
            _check_finite([due])
    except Exception as error:
        if more.loose:
            return _NOTHING
        raise CourseError("agree", f"for {more.label}, the reference raises {error!r}", "vary less") from error
    return due


def _compare(
    answer: Callable[..., Any],
    oracle: Callable[..., Any],
    label: str,
    case: Case,
    due: object,
    manner: Mapping[str, Any],
) -> object:
    """The student's answer, when it is right."""
    got = answer(*case)
    if not identical(got, due) and (found := difference(got, due, exact=_exact(oracle, case), **manner)):
        raise Failure(found.about(_subject(answer, label)), found.seen)
    if not any(map(_records, _leaves([case, due]))) and any(map(_records, _leaves(got))):
        raise Failure(sentence(answer, "the result records a graph for gradients, and nothing asks for one", label))
    clause = _left(answer, but=surroundings.FREE)
    if type(answer) is Remote and clause:
        _note(answer, Kind.SURROUNDINGS, sentence(answer, clause))
    return got


def same(
    got: object,
    expected: object,
    what: str = "",
    *,
    tolerance: Tolerance | None = None,
    parts: Parts = None,
    about: str = "",
) -> None:
    """A value must equal another one.

    Args:
        what: which value it is, in the student's words.
        tolerance: instead of the derived one; the reason belongs beside the number.
        parts: names for the items of lists and tuples, as in `agree`. The keys of a dict are names already.
        about: what calls do beside their results and are watched for, when the check is about it: "arguments", "random
            numbers", "files" or "surroundings". Then it is this check of the question that pays for it.
    """
    _check_finite([expected])
    if about not in ("", *Kind):
        raise CourseError("same", f"there is no about={about!r}", f"say one of {', '.join(map(repr, map(str, Kind)))}")
    if found := difference(got, expected, tolerance=tolerance, parts=parts):
        raise Forbidden(Kind(about), found.about(what)) if about else Failure(found.about(what), found.seen)


def expect(value: Any, kind: type | tuple[type, ...], what: str = "") -> Any:
    """The value, if it is of this kind; otherwise a Failure. To be used before a test looks into an answer.

    Args:
        what: which value it is, in the student's words.
    """
    kinds = kind if isinstance(kind, tuple) else (kind,)
    possible = tuple(k for k in kinds if not (stayed(value) and issubclass(k, PLAIN)))
    if (isinstance(value, bool) and kind is not bool) or not isinstance(value, possible):
        due = " or ".join("a tensor" if k is torch.Tensor else article(k.__name__) for k in kinds)
        raise Failure(Difference(f"expected {due}, got {a(value)}").about(what))
    return value


def demand(truth: object, message: str) -> None:
    """The message, as a Failure, unless `truth` is True."""
    if truth is not True:
        raise Failure(message)


def refuses(answer: Callable[..., Any], cases: Cases, kind: type[Exception]) -> None:
    """The student's function must raise this kind of exception for every case."""
    labelled = _labelled(cases)
    _must_be_a_function(answer)
    if not labelled:
        raise CourseError("refuses", "there are no cases", "give at least one")
    for label, case in labelled:
        try:
            answer(*case)
        except StudentError as error:
            if kind.__name__ in error.trace.kinds:
                continue
            if error.trace.kind == "NotImplementedError":
                raise  # it is not written: that is all there is to say
            raise Failure(
                sentence(answer, f"expected {article(kind.__name__)}, got {article(error.trace.kind)}", label)
            ) from error
        raise Failure(sentence(answer, f"expected {article(kind.__name__)}, and nothing was raised", label))


def pure(answer: Remote, cases: Cases) -> None:
    """The student's function must leave its arguments as they were.

    Every call is watched for it; the question's check that says it with this word is the one that pays.
    """
    _must_be_a_function(answer)
    noted = handle_of(answer).interview.effects
    for _, case in _labelled(cases):
        before = len(noted)
        answer(*case)
        if changed := [effect for effect in noted[before:] if effect.kind is Kind.ARGUMENTS]:
            raise Forbidden(Kind.ARGUMENTS, changed[0].sentence)


def inplace(answer: Remote) -> Remote:
    """The function, allowed to change its arguments: it is what the question asks for."""
    _must_be_a_function(answer)
    return Remote(dataclasses.replace(handle_of(answer), in_place=True))


def shares(answer: Remote, cases: Cases) -> None:
    """The function's result must share the memory of its first argument, a tensor or an array."""
    for label, case in _labelled(cases):
        if _sharing(answer, case) is False:
            clause = "the result has its own copy of the numbers; it should share the memory of its argument"
            raise Failure(sentence(answer, clause, label))


def owns(answer: Remote, cases: Cases) -> None:
    """The function's result must not share the memory of its first argument, a tensor or an array."""
    for label, case in _labelled(cases):
        if _sharing(answer, case) is True:
            clause = "the result shares the memory of its argument; it should own its numbers"
            raise Failure(sentence(answer, clause, label))


def leaves_as_it_was(answer: Remote, cases: Cases) -> None:
    """The student's function must leave as it was what Python and PyTorch keep for the whole process.

    That is whether gradients are recorded, the default dtype and device, the number of threads, the current folder
    and what else asking/surroundings.py lists; not the generators of random numbers. It is put back in any case.
    """
    _must_be_a_function(answer)
    for label, case in _labelled(cases):
        answer(*case)
        if clause := _left(answer):
            raise Forbidden(Kind.SURROUNDINGS, sentence(answer, clause, label))


def untouched(answer: Remote, calls: Probe, *args: Any, but: Collection[str] = ()) -> None:
    """The student's function must leave alone what a probe hands it: for what cannot be sent, and so is not watched.

    Args:
        calls: a probe that is given the function and `args`, and returns calls as lists (function, arguments …). The
            function is the student's, or a method of what that has made.
        but: what the task allows to be changed: "arguments", "random numbers", "files".

    Looked at are tensors with their gradients, modules with their parameters, modes and hooks, and lists of both.
    """
    _must_be_a_function(answer)
    for kind, clause in touched(answer, calls, args, but):
        _note(answer, kind, sentence(answer, clause), meant=True)
    if clause := _left(answer, but=surroundings.FREE):
        _note(answer, Kind.SURROUNDINGS, sentence(answer, clause), meant=True)


def _left(answer: object, but: Collection[str] = ()) -> str:
    """A clause on what the last question, which was asked of this function, left changed; "" for nothing."""
    left = handle_of(answer).interview.left_now if type(answer) is Remote else ()
    left = tuple(name for name in left if name not in but)
    return f"the call changes {surroundings.told(left)}, and does not put it back" if left else ""


def _note(answer: Remote, kind: Kind, said: str, *, meant: bool = False) -> None:
    """Note what a call did beside its result: the question pays for it once, see effects.py."""
    handle = handle_of(answer)
    handle.interview.effects.append(Effect(kind, handle.name, said, meant))


def _must_be_a_function(answer: object) -> None:
    if not callable(answer):
        raise Failure(Difference(f"expected a function, got {a(answer)}").about(""))


def _sharing(answer: Remote, case: Case) -> bool:
    _must_be_a_function(answer)
    said = handle_of(answer).interview.run(_shares_memory, answer, *case)
    if type(said) is not bool:
        raise Failure(sentence(answer, f"expected a tensor, got {article(str(said))}"))
    return said


@probe
def _shares_memory(f, *args):  # type: ignore[no-untyped-def]
    first = args[0]
    result = f(*args)
    if isinstance(result, (tuple, list)):
        result = result[0]
    if not isinstance(result, torch.Tensor):
        return type(result).__name__
    before = result.clone()
    first += 1
    return not torch.equal(before, result)


def sentence(answer: object, clause: str, label: str = "") -> str:
    """The clause as a sentence about a function, for one kind of input."""
    return Difference(clause).about(_subject(answer, label))


def _subject(answer: object, label: str) -> str:
    name = handle_of(answer).name if type(answer) is Remote else getattr(answer, "__name__", "")
    return f"`{name}` for {label}" if label else f"`{name}`"


def _labelled(cases: Cases) -> list[tuple[str, Case]]:
    pairs = list(cases.items()) if isinstance(cases, Mapping) else [("", case) for case in cases]
    return [(label, case if isinstance(case, tuple) else (case,)) for label, case in pairs]


def _exact(oracle: Callable[..., Any], case: Case) -> object:
    """The reference's answer in float64, or None where it does not work in that precision."""
    wide = tuple(_widen(copy.deepcopy(value)) for value in case)
    if not any(new is not old for new, old in zip(wide, case, strict=True)):
        return None
    try:
        return oracle(*wide)
    except Exception:
        return None


def _widen(value: Any) -> Any:
    if isinstance(value, torch.Tensor) and value.is_floating_point():
        return value.double()
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value.astype(np.float64)
    return value


def _check_cases(cases: list[Case], expected: list[Any], *, nonfinite: bool, constant: bool) -> None:
    if not cases:
        raise CourseError("agree", "there are no cases", "give at least two")
    if not nonfinite:
        _check_finite(expected)
    if all(_size(due) == 0 for due in expected):
        raise CourseError("agree", "the reference answers with nothing in every case", "give a case that is not empty")
    if constant or cases == [()]:
        return
    if len(cases) < 2:
        raise CourseError("agree", "there is one case only", "give two, or a hard-coded answer passes")
    same_for_all = all(difference(due, expected[0]) is None for due in expected)
    if same_for_all or _one_number(expected):
        raise CourseError("agree", "a constant would pass every case", "vary the cases, or say constant=True")


def _check_finite(expected: list[Any]) -> None:
    for value in _leaves(expected):
        if isinstance(value, float) and not np.isfinite(value):
            bad = True
        elif isinstance(value, torch.Tensor):
            bad = value.is_floating_point() and not bool(torch.isfinite(value).all())
        else:
            bad = isinstance(value, np.ndarray) and value.dtype.kind == "f" and not bool(np.isfinite(value).all())
        if bad:
            raise CourseError("suite", "the reference gives NaN or infinity", "choose other cases or nonfinite=True")


def _leaves(value: Any) -> Iterable[Any]:
    if isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _leaves(part)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _leaves(part)
    else:
        yield value


def _records(leaf: object) -> bool:
    """Whether a tensor requires gradients; of what stays in the kernel, whether it might."""
    return stayed(leaf) or (isinstance(leaf, torch.Tensor) and facts(leaf).requires_grad)


def _size(value: Any) -> int:
    if isinstance(value, torch.Tensor):
        return value.numel()
    if isinstance(value, list | tuple | set | frozenset | Mapping):
        return len(value)
    return 1


def _one_number(expected: list[Any]) -> bool:
    """Whether all answers are tensors, of whatever shapes, filled with one and the same number."""
    if not all(isinstance(value, torch.Tensor) for value in expected):
        return False
    return len({number for value in expected for number in value.detach().flatten().tolist()}) == 1


WORDS = {
    word.__name__: word
    for word in (agree, same, expect, demand, refuses, pure, inplace, shares, owns, leaves_as_it_was, untouched)
}
