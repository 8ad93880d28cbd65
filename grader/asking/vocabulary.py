"""What a suite may say: helpers that judge an answer and raise Failure in words for the student.

They refuse to be used weakly. An empty list of cases, a reference that gives NaN, nothing or one constant for every
case, a single case where a hard-coded answer would pass: each is a fault of the suite (CourseError), not a pass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from grader.asking.agreement import agree
from grader.asking.cases import Cases, check_finite, labelled_of
from grader.asking.compare import difference
from grader.asking.conduct import inplace, leaves_as_it_was, owns, pure, shares, untouched
from grader.asking.difference import Difference
from grader.asking.effects import Forbidden, Kind
from grader.asking.later import fail
from grader.asking.predictions import predicts
from grader.asking.sentences import must_be_a_function, sentence
from grader.asking.tolerances import Tolerance
from grader.asking.words import Parts, a, article, stayed
from grader.errors import CourseError, Failure, StudentError

__tracebackhide__ = True  # in pytest an author sees the test that failed, not how we asked

# What never stays in the kernel, whatever class a value there claims to be of.
PLAIN = (int, float, complex, str, bytes, list, tuple, dict, set, frozenset, torch.Tensor, np.ndarray)


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
    check_finite([expected])
    if about not in ("", *Kind):
        raise CourseError("same", f"there is no about={about!r}", f"say one of {', '.join(map(repr, map(str, Kind)))}")
    if found := difference(got, expected, tolerance=tolerance, parts=parts):
        fail(Forbidden(Kind(about), found.about(what)) if about else Failure(found.about(what), found.seen))


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
        fail(Failure(message))


def refuses(answer: Callable[..., Any], cases: Cases, kind: type[Exception]) -> None:
    """The student's function must raise this kind of exception for every case."""
    labelled = labelled_of(cases)
    must_be_a_function(answer)
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
            got = article(error.trace.kind)
            fail(Failure(sentence(answer, f"expected {article(kind.__name__)}, got {got}", label)))
        else:
            fail(Failure(sentence(answer, f"expected {article(kind.__name__)}, and nothing was raised", label)))


_PROMISES = (pure, inplace, shares, owns, leaves_as_it_was, untouched)
WORDS = {word.__name__: word for word in (agree, same, expect, demand, refuses, predicts, *_PROMISES)}
