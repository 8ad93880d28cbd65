"""Records <-> JSON and TOML: the only user of pydantic.

The JSON form is what the gradebook stores and what `--json` prints; `FORMAT` grows when a field changes meaning.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

FORMAT = 1

T = TypeVar("T")


@cache
def adapter(kind: Hashable) -> TypeAdapter[Any]:
    """What reads and writes a kind of record; made once, in 10 ms for a Result."""
    return TypeAdapter(cast(Any, kind))


def to_json(record: object) -> str:
    """The JSON text of a record, with the format number first."""
    body = adapter(cast(Hashable, type(record))).dump_python(record, mode="json")
    return json.dumps({"format": FORMAT, **body}, ensure_ascii=False, allow_nan=False)


def from_json(kind: type[T], text: str) -> T:
    """The record written by `to_json`. Raises ValueError if the text is of another kind or format."""
    body = json.loads(text)
    if body.pop("format", None) != FORMAT:
        raise ValueError(f"not a {kind.__name__} of format {FORMAT}")
    return cast(T, adapter(cast(Hashable, kind)).validate_python(body))


def parse(kind: type[T], data: dict[str, Any]) -> T:
    """A record from outside data. Raises ValueError whose arguments are (key path, what is wrong) pairs."""
    try:
        return cast(T, adapter(cast(Hashable, kind)).validate_python(data))
    except ValidationError as error:
        faults = [(".".join(str(part) for part in e["loc"]) or "(top)", e["msg"]) for e in error.errors()]
        raise ValueError(*faults) from error
