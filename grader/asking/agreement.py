"""The word that most checks are made of: the student's function gives what the reference gives."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
import torch

from grader.asking import surroundings
from grader.asking.cases import Cases, check_cases, check_finite, copied, labelled_of, leaves
from grader.asking.codec import facts
from grader.asking.compare import difference
from grader.asking.effects import Kind
from grader.asking.later import fail
from grader.asking.remains import remains
from grader.asking.remote import Remote, handle_of
from grader.asking.sentences import left_changed, must_be_a_function, note, sentence, subject
from grader.asking.tensors import identical
from grader.asking.tolerances import Tolerance
from grader.asking.variations import LAYOUTS, Case, Variation, variations
from grader.asking.words import Parts, stayed
from grader.errors import CourseError, Failure

__tracebackhide__ = True  # in pytest an author sees the test that failed, not how we asked

_NOTHING = object()


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
    labelled = labelled_of(cases)
    must_be_a_function(answer)
    before = _writes(answer)
    expected = [oracle(*copied(case)) for _, case in labelled]
    check_cases([case for _, case in labelled], expected, nonfinite=nonfinite, constant=constant)
    manner = {"tolerance": tolerance, "parts": parts}
    for (label, case), due in zip(labelled, expected, strict=True):
        _compare(answer, oracle, label, case, due, manner)
    ways: dict[str, Any] = {"layouts": layouts, "dtypes": dtypes, "empty": empty, "single": single}
    ways["telling"] = all(map(_holds_several, expected))
    with handle_of(answer).interview.beyond() if type(answer) is Remote else contextlib.nullcontext():
        for more in variations(labelled, **ways, shapes=shapes, graph=graph):
            if more.crowded and _writes(answer) > before:
                continue  # who writes into the arguments is told so, and not what PyTorch says of such memory
            if (due := _due(oracle, more, nonfinite=nonfinite)) is not _NOTHING:
                got = _compare(answer, oracle, more.label, more.case, due, manner)
                if more.graph and any(map(_records, leaves(due))) and not any(map(_records, leaves(got))):
                    fail(Failure(sentence(answer, "the result has lost the graph: no gradient comes back", more.label)))
        if type(answer) is Remote:
            for kind, clause in remains(answer, oracle, labelled[0][1], draws=draws):
                note(answer, kind, sentence(answer, clause))


def _writes(answer: object) -> int:
    """How often a student's function was seen to change what it was given."""
    effects = handle_of(answer).interview.effects if type(answer) is Remote else ()
    return sum(effect.kind is Kind.ARGUMENTS for effect in effects)


def _holds_several(due: object) -> bool:
    """Whether an answer holds several numbers, and is not but a word or one of them."""
    filled = [leaf for leaf in leaves(due) if isinstance(leaf, torch.Tensor | np.ndarray)]
    return sum(math.prod(leaf.shape) for leaf in filled) > 1


def _due(oracle: Callable[..., Any], more: Variation, *, nonfinite: bool) -> object:
    """What the reference gives; nothing where a variation was only tried and is no case that it can answer."""
    try:
        due = oracle(*copied(more.case))
        if not nonfinite:
            check_finite([due])
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
    """The student's answer, which must be right."""
    got = answer(*case)
    if not identical(got, due) and (found := difference(got, due, exact=_exact(oracle, case), **manner)):
        fail(Failure(found.about(subject(answer, label)), found.seen))
    if not any(map(_records, leaves([case, due]))) and any(map(_records, leaves(got))):
        fail(Failure(sentence(answer, "the result records a graph for gradients, and nothing asks for one", label)))
    clause = left_changed(answer, but=surroundings.FREE)
    if type(answer) is Remote and clause:
        note(answer, Kind.SURROUNDINGS, sentence(answer, clause))
    return got


def _exact(oracle: Callable[..., Any], case: Case) -> object:
    """The reference's answer in float64, or None where it does not work in that precision."""
    wide = tuple(_widen(value) for value in copied(case))
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


def _records(leaf: object) -> bool:
    """Whether a tensor requires gradients; of what stays in the kernel, whether it might."""
    return stayed(leaf) or (isinstance(leaf, torch.Tensor) and facts(leaf).requires_grad)
