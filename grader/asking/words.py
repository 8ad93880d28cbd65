"""Values, counts and places in words that a student reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

from grader.asking.remote import Remote, handle_of

# Names for the parts of a list, see `named`.
Parts = str | Mapping[Any, Any] | None


def a(value: object) -> str:
    """What a value is: "a tensor of shape (2, 3)", "a float", "None"."""
    if value is None:
        return "None"
    if type(value) is Remote:
        return article(handle_of(value).kind or "object")
    if isinstance(value, torch.Tensor):
        return f"a tensor of shape {tuple(value.shape)}"
    if isinstance(value, np.ndarray):
        return f"a NumPy array of shape {value.shape}"
    if isinstance(value, np.generic):
        return f"a NumPy {type(value).__name__}"
    return article(type(value).__name__)


def due(value: object) -> str:
    """The kind of value that is expected, without its size."""
    if isinstance(value, torch.Tensor):
        return "a tensor"
    return "a NumPy array" if isinstance(value, np.ndarray) else a(value)


def article(name: str) -> str:
    return f"{'an' if name[0] in 'aeioAEIO' else 'a'} {name}"


def stayed(value: object) -> bool:
    """Whether a value stayed in the kernel. Its `__class__`, so isinstance, is the kernel's claim."""
    return type(value) is Remote


def clip(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def short(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def shown(value: Any) -> str:
    """A number, or another short value, as it is shown to the student whose it is."""
    if isinstance(value, torch.device):
        return str(value)
    return f"{value:.6g}" if isinstance(value, float) else clip(repr(value))


def count(number: int, noun: str) -> str:
    """A number of things: "1 element", "3 elements", "2 batches"."""
    return f"{number} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    return f"{noun}es" if noun.endswith(("s", "x", "tch")) else f"{noun}s"


def ordinal(place: int) -> str:
    """The place of something counted from 0: 1st, 2nd, 3rd, 4th."""
    number = place + 1
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def named(parts: Parts, place: int) -> tuple[str, Parts]:
    """The name of one item of a list, in the words of the task, and the names for what is in it.

    Args:
        parts: "epoch" for a list of epochs ("the 3rd epoch"); "images, labels" for two items that have names;
            "batch: images, labels" for a list of batches, each of which has two; for items with other parts of their
            own, a mapping from their names to these.
    """
    if isinstance(parts, Mapping):
        names = list(parts)
        return (f"the {names[place]}", parts[names[place]]) if place < len(names) else (f"item {place}", None)
    if not parts:
        return f"item {place}", None
    head, _, inner = parts.partition(": ")
    names = head.split(", ")
    if len(names) == 1:
        return f"the {ordinal(place)} {head}", inner
    return (f"the {names[place]}" if place < len(names) else f"item {place}"), inner
