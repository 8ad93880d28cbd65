"""Records <-> JSON and TOML: the only user of pydantic.

The JSON form is what the gradebook stores and what `--json` prints; `FORMAT` grows when a field changes meaning.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

FORMAT = 1
SHOWN = 60  # characters of a value that is not as it should be

T = TypeVar("T")


@cache
def adapter(kind: Hashable) -> TypeAdapter[Any]:
    """What reads and writes a kind of record; made once, in 10 ms for a Result."""
    return TypeAdapter(cast(Any, kind))


def to_json(record: object) -> str:
    """The JSON text of a record, with the format number first. It can be stored whatever a kernel has said."""
    body = adapter(cast(Hashable, type(record))).dump_python(record, mode="json")
    text = json.dumps({"format": FORMAT, **body}, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "replace").decode()  # half a character, a lone surrogate, is no text


def from_json(kind: type[T], text: str) -> T:
    """The record written by `to_json`. Raises ValueError if the text is of another kind or format."""
    body = json.loads(text)
    if body.pop("format", None) != FORMAT:
        raise ValueError(f"not a {kind.__name__} of format {FORMAT}")
    return cast(T, adapter(cast(Hashable, kind)).validate_python(body))


def schema_of(kind: type[Any]) -> str:
    """The JSON Schema of what `to_json` makes of a kind of record; what its docstring says stands in it."""
    made = adapter(cast(Hashable, kind)).json_schema(mode="serialization")
    made["properties"] = {"format": {"const": FORMAT}, **made.get("properties", {})}
    made["required"] = ["format", *made.get("required", [])]
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


class Unfit(ValueError):
    """Outside data that make no record.

    Attributes:
        path: of keys and places in lists, down to what is wrong; that of a key that is missing or unknown, too.
        what: is wrong with it, as in "questions.3.points is missing".
        unknown: whether the key itself is what is wrong.
    """

    def __init__(self, path: tuple[str | int, ...], what: str, unknown: bool = False) -> None:
        super().__init__(f"{'.'.join(map(str, path))} {what}".strip())
        self.path, self.what, self.unknown = path, what, unknown


def parse(kind: type[T], data: dict[str, Any]) -> T:
    """A record from outside data. Raises Unfit for what is wrong first, wrong keys before missing ones."""
    try:
        return cast(T, adapter(cast(Hashable, kind)).validate_python(data))
    except ValidationError as error:
        first = min(error.errors(), key=lambda one: one["type"] == "missing")  # it may be missing by a typing error
        raise Unfit(first["loc"], _what(first), first["type"] in UNKNOWN) from error


UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")


def _what(error: ErrorDetails) -> str:
    if error["type"] == "missing":
        return "is missing"
    if error["type"] in UNKNOWN:
        return "is no key that we know"
    found = repr(error["input"])
    found = found if len(found) <= SHOWN else found[:SHOWN] + "…"
    return f"is {found}: {error['msg'][:1].lower()}{error['msg'][1:]}"
