"""Markdown -> HTML, for texts of the course and of its staff: no markup of their own, no picture from elsewhere."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup, escape

_MORE_THAN_A_FORMULA = re.compile(r"\s(?:href|src|style|class|id|on\w+)\s*=", re.I)  # as \href and \style make them


@lru_cache(maxsize=2_000)  # a passage of the handout is on every page of the class
def markdown(text: str) -> Markup:
    """The text as HTML. Raw HTML in it is shown as it was typed; formulas become MathML."""
    return Markup(_reader().render(text))


@lru_cache(maxsize=2_000)
def inline(text: str) -> Markup:
    """A sentence or two as HTML, without a paragraph around them."""
    return Markup(_reader().renderInline(text))


@cache
def _reader() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
    reader.use(dollarmath_plugin, renderer=_formula, double_inline=True)
    reader.validateLink = _allowed  # type: ignore[method-assign, assignment]
    reader.add_render_rule("heading_open", lambda self, tokens, at, *_: '<p class="heading">')
    reader.add_render_rule("heading_close", lambda self, tokens, at, *_: "</p>\n")
    reader.add_render_rule("image", _image)
    reader.add_render_rule("link_open", _link)
    return reader


def _allowed(address: str) -> bool:
    return address.startswith(("https://", "http://", "mailto:", "data:image/")) or ":" not in address


def _image(self: Any, tokens: Sequence[Any], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
    """A picture that lies in the text; of one elsewhere what it shows: a page asks nobody for anything."""
    shows, source = escape(tokens[at].content), str(tokens[at].attrs["src"])
    if not source.startswith("data:image/"):
        return f"<em>[{shows}]</em>"
    return f'<img alt="{shows}" src="{escape(source)}">'


def _link(self: Any, tokens: Sequence[Any], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
    address = str(tokens[at].attrs["href"])
    if not address.startswith(("https://", "http://", "mailto:")):
        return "<a>"  # a file of the handout lies elsewhere
    return f'<a href="{escape(address)}" rel="noreferrer">'


def _formula(text: str, options: dict[str, Any]) -> str:
    from latex2mathml.converter import convert

    try:
        made = str(convert(text, display="block" if options.get("display_mode") else "inline"))
    except Exception:  # whatever a library that reads formulas may raise
        made = ""
    return made if made and not _MORE_THAN_A_FORMULA.search(made) else f"<code>{escape(text)}</code>"
