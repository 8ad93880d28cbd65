# mypy: disable-error-code="no-untyped-call"
"""Jupyter messages from a kernel, read as what anybody could have sent.

What is no message is found out here, at the door. So whatever raises later is a fault of ours, and is not taken for
something that a student's kernel did.
"""

from __future__ import annotations

import json
from typing import Any

from jupyter_client.session import Session

# What nbclient reads of a message's content without asking whether it is there.
READ = {"status": "execution_state", "execute_reply": "status"}


class NotAMessage(Exception):
    """A kernel sent what no kernel sends."""


def undated(text: bytes) -> Any:
    """A part of a message, without its date: nobody asks when it was sent, and Jupyter reads every one."""
    part = json.loads(text.decode("utf8", "replace"))
    if type(part) is dict:
        part.pop("date", None)
    return part


class CheckedSession(Session):
    """Reads messages, or raises NotAMessage."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unpack = undated

    def feed_identities(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().feed_identities(*args, **kwargs)
        except Exception as error:
            raise NotAMessage(repr(error)) from error

    def deserialize(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            message = super().deserialize(*args, **kwargs)
        except Exception as error:
            raise NotAMessage(repr(error)) from error
        return checked(message)


def checked(message: dict[str, Any]) -> dict[str, Any]:
    """The message, if it has the form that the protocol gives it. Raises NotAMessage."""
    parts = ("header", "parent_header", "metadata", "content")
    if not all(type(message.get(part)) is dict for part in parts) or type(message.get("msg_type")) is not str:
        raise NotAMessage("a part of it is missing")
    content, header = message["content"], message["header"]
    needed = READ.get(message["msg_type"])
    if needed and type(content.get(needed)) is not str:
        raise NotAMessage(f"it has no {needed}")
    shown = content.get("transient") or {}
    if type(shown) is not dict or type(shown.get("display_id", "")) not in (str, type(None)):
        raise NotAMessage("its display is no display")
    if header.get("msg_type") != message["msg_type"]:
        raise NotAMessage("it is of two types")
    return message
