"""Renders the pages; the only user of jinja2."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from grader.records import Assignment, Grade, Result, Unreadable
from grader.report.views import class_view, student_view


def templates() -> Path:
    """Where the pages' sources lie: in a wheel within the package, in a checkout at the top."""
    packed = Path(__file__).parents[1] / "templates"
    return packed if packed.is_dir() else packed.parents[1] / "templates"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["code"] = code
    return environment


def code(text: str) -> Markup:
    """Text as HTML, with what stands in `backticks` set as code; everything is escaped first."""
    escaped = str(escape(text))  # a plain str: the join of a Markup would escape our own tags
    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escaped))


def student_page(result: Result, grade: Grade, assignment: Assignment) -> str:
    """The HTML of one student's feedback."""
    return _environment().get_template("student.html").render(page=student_view(result, grade, assignment))


def class_page(
    assignment: Assignment,
    graded: Sequence[tuple[Result, Grade]],
    unreadable: Sequence[Unreadable],
    names: Mapping[str, str],
) -> str:
    """The HTML of one assignment's class, for staff.

    Args:
        names: how students are called here, by key, where two look the same.
    """
    return _environment().get_template("class.html").render(page=class_view(assignment, graded, unreadable, names))
