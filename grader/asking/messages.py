"""What a notebook is asked, and what comes back: records whose values are trees and tensors, see codec."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from grader.asking.codec import Node, Tensors
from grader.asking.traces import Raised


class Op(StrEnum):
    """The kinds of questions, each with what it reads of a Query."""

    NAME = "name"  # name: the value that the notebook gave it, as a list of one; an empty list where it gave none
    CALL = "call"  # value: (what is called, arguments, keyword arguments)
    WATCHED = "watched"  # the same; with the result comes what the arguments are afterwards
    GET = "get"  # value and name: an attribute
    ITEM = "item"  # value: (what is indexed, the key)
    LEN = "len"  # value
    ITERATE = "iterate"  # value and number: so many items at most
    PROBE = "probe"  # value: (arguments, keyword arguments); name and source of the function


@dataclass(frozen=True, slots=True)
class Query:
    """One question. With `begin` a new check starts with it, random numbers from this seed."""

    op: Op
    value: Node = None
    tensors: Tensors = field(default_factory=dict)
    name: str = ""
    source: str = ""
    number: int = 0
    begin: int | None = None

    def fresh(self) -> Query:
        """The same with tensors of its own: code that answers in this process may change them."""
        return replace(self, tensors={name: tensor.clone() for name, tensor in self.tensors.items()})


@dataclass(frozen=True, slots=True)
class Reply:
    """A value; or the exception that came instead; or, in words, why there is a value that cannot be sent.

    Attributes:
        left: names what the code left changed for its whole process, see asking/surroundings.py.
        length: characters of JSON that the value takes, 0 where nobody has counted.
    """

    value: Node = None
    tensors: Tensors = field(default_factory=dict)
    error: Raised | None = None
    unsent: str = ""
    left: tuple[str, ...] = ()
    length: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question as it was sent and what came back, None when that was no answer; the material of a diagnosis."""

    query: Query
    reply: Reply | None
