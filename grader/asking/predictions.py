"""Predictions: what somebody says will come, as a dict with a value under each label.

A prediction earns its points by being made. Whether it came is shown, and never judged: here its form is looked at, and
`came` says whether two values are as good as the same for who reads them side by side.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch

from grader.asking.sentences import must_be_a_function, sentence
from grader.asking.words import a, clip, stayed
from grader.errors import CourseError, Failure

__tracebackhide__ = True  # in pytest an author sees the test that failed, not how we asked

NEAR = 0.05  # of a number with decimals: a prediction is no computation
MOST = 1000  # numbers in one value
_FORMS: tuple[tuple[type, str, str], ...] = (
    (bool, "True or False", "True or False"),
    (int, "a whole number", "whole numbers"),
    (float, "a number", "numbers"),
    (str, "a word", "words"),
    (torch.dtype, "a dtype", "dtypes"),
)


def predicts(answer: Callable[..., Any], like: Mapping[str, Any], choices: Sequence[object] = ()) -> dict[str, object]:
    """The student's function must return a prediction: a dict with something of the right form under each label.

    Args:
        like: under each label a value of that form, such as what comes: a bool, an int, a float, a word, a dtype, or a
            list, a tuple or a tensor of these. A list of plain values may have any length, for a shape has any.
        choices: what may be said under every label as well; where `like` has one of them, what fits another label does,
            too, and else only they do.

    Returns:
        What was predicted, by label.
    """
    _check_form(like, choices)
    must_be_a_function(answer)
    labels = ", ".join(map(repr, like))
    said = answer()
    if stayed(said) or not isinstance(said, dict):
        raise Failure(sentence(answer, f"expected a dict with the keys {labels}, got {a(said)}"))
    for label in like:
        if label not in said:
            raise Failure(sentence(answer, f"there is nothing under {label!r}; its keys must be {labels}"))
        forms = _forms(label, like, choices)
        value = plain(said[label])
        if not any(_same_kind(value, one) for one in choices) and not any(fits(value, form) for form in forms):
            due = [wanted(form) for form in forms] + [clip(repr(one)) for one in choices]
            raise Failure(sentence(answer, f"under {label!r} {_instead(said[label], list(dict.fromkeys(due)))}"))
    return {label: said[label] for label in like}


def _instead(value: object, due: list[str]) -> str:
    if value is ...:
        return "there is still `...`"
    got = f"the word {clip(value)!r}" if isinstance(value, str) and value.strip() and not stayed(value) else a(value)
    return f"expected {' or '.join(due)}, got {got}"


def plain(value: object) -> Any:
    """A value as Python's own numbers and lists, where it is one."""
    if stayed(value):
        return value
    if isinstance(value, torch.Tensor | np.ndarray | np.generic):
        few = (value.numel() if isinstance(value, torch.Tensor) else value.size) <= MOST
        return value.tolist() if few else value
    return [plain(part) for part in value[:MOST]] if isinstance(value, list | tuple) else value


def wanted(form: object, *, many: bool = False) -> str:
    """What a form is called: "a whole number", "a list of words"."""
    form = plain(form)
    if isinstance(form, list):
        return f"{'lists' if many else 'a list or tuple'} of {wanted(form[0] if form else 0, many=True)}"
    return next((each if many else one for kind, one, each in _FORMS if isinstance(form, kind)), a(form))


def fits(value: Any, form: object) -> bool:
    """Whether a value, as `plain` gives it, has the form of another one."""
    form = plain(form)
    if stayed(value) or form is None:
        return False
    if isinstance(form, list):
        if not isinstance(value, list):
            return False
        if any(isinstance(part, list) for part in form):
            return len(value) == len(form) and all(map(fits, value, form))
        return all(fits(part, form[0] if form else 0) for part in value)
    if isinstance(form, bool) or isinstance(value, bool):
        return isinstance(form, bool) and isinstance(value, bool)
    if isinstance(form, int):
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if isinstance(form, float):
        return isinstance(value, int | float)
    if isinstance(form, str):
        return isinstance(value, str) and bool(value.strip())
    return isinstance(form, torch.dtype) and isinstance(value, torch.dtype)


def came(said: object, what: object) -> bool:
    """Whether what was predicted came, as near as one can tell beforehand."""
    mine, its = plain(said), plain(what)
    if isinstance(mine, list) and isinstance(its, list):
        return len(mine) == len(its) and all(map(came, mine, its))
    if isinstance(mine, str) and isinstance(its, str):
        return mine.strip().casefold() == its.strip().casefold()
    if stayed(mine) or isinstance(mine, bool) or isinstance(its, bool) or not isinstance(its, float):
        return _same_kind(mine, its)
    if not isinstance(mine, int | float):
        return False
    return math.isclose(mine, its, rel_tol=NEAR) or (math.isnan(mine) and math.isnan(its))


def _same_kind(value: Any, other: object) -> bool:
    """Whether two plain values are equal, True not being 1."""
    known = (int, float, str, torch.dtype, type(None))
    if stayed(value) or not isinstance(value, known) or not isinstance(other, known):
        return False
    return isinstance(value, bool) == isinstance(other, bool) and value == other


def _forms(label: str, like: Mapping[str, Any], choices: Sequence[object]) -> list[object]:
    """The forms that what stands under a label may have."""
    own = [form for form in like.values() if not any(_same_kind(plain(form), one) for one in choices)]
    return [like[label]] if any(like[label] is form for form in own) else own


def _check_form(like: Mapping[str, Any], choices: Sequence[object]) -> None:
    if not like:
        raise CourseError("predicts", "there are no labels", "give at least one")
    for label, form in like.items():
        if not any(_same_kind(plain(form), one) for one in choices) and not fits(plain(form), form):
            what = f"what stands under {label!r}, {a(form)}, is no form of a prediction"
            raise CourseError(
                "predicts", what, "give numbers, words, bools, dtypes or lists of these, or name `choices`"
            )
