"""What is said of a student's function: the sentence, and what the last call of it left changed."""

from __future__ import annotations

from collections.abc import Collection

from grader.asking import surroundings
from grader.asking.difference import Difference
from grader.asking.effects import Effect, Kind
from grader.asking.remote import Remote, handle_of
from grader.asking.words import a
from grader.errors import Failure

__tracebackhide__ = True  # in pytest an author sees the test that failed, not how we asked


def sentence(answer: object, clause: str, label: str = "") -> str:
    """The clause as a sentence about a function, for one kind of input."""
    return Difference(clause).about(subject(answer, label))


def subject(answer: object, label: str) -> str:
    name = handle_of(answer).name if type(answer) is Remote else getattr(answer, "__name__", "")
    return f"`{name}` for {label}" if label else f"`{name}`"


def must_be_a_function(answer: object) -> None:
    if not callable(answer):
        raise Failure(Difference(f"expected a function, got {a(answer)}").about(""))


def left_changed(answer: object, but: Collection[str] = ()) -> str:
    """A clause on what the last question, which was asked of this function, left changed; "" for nothing."""
    left = handle_of(answer).interview.left_now if type(answer) is Remote else ()
    left = tuple(name for name in left if name not in but)
    return surroundings.changes(left) if left else ""


def note(answer: Remote, kind: Kind, said: str, *, meant: bool = False) -> None:
    """Note what a call did beside its result: the question pays for it once, see effects.py."""
    handle = handle_of(answer)
    handle.interview.saw(Effect(kind, handle.name, said, meant))
