"""Renders the pages; the only user of jinja2."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError
from markupsafe import Markup, escape

from grader.errors import CourseError
from grader.intake.written import NO_ANSWERS, Answers
from grader.records import Asked, Assignment, FeedbackLevel, Grade, Result, Unreadable
from grader.report.charts import columns, curves
from grader.report.code import code_html
from grader.report.cohort import Lists, class_view
from grader.report.mark import MarkView
from grader.report.markdown import inline, markdown
from grader.report.overall import Column, Member, course_view
from grader.report.student import student_view
from grader.report.unreadable import unreadable_view


def templates() -> Path:
    """Where the pages' sources lie: in a wheel within the package, in a checkout at the top."""
    packed = Path(__file__).parents[1] / "templates"
    return packed if packed.is_dir() else packed.parents[1] / "templates"


@cache
def _environment(own: Path | None) -> Environment:
    ours = FileSystemLoader(templates())
    loaders = [ours, PrefixLoader({"grader": ours})]
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(own), *loaders] if own else loaders),
        autoescape=True,
        auto_reload=own is not None,  # ours do not change; to look at their times takes a fifth of a page's
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "code": code,
        "coloured": code_html,
        "columns": columns,
        "curves": curves,
        "digest": digest,
        "inline": inline,
        "markdown": markdown,
    }
    return environment


def prepare(own: Path | None) -> None:
    """Read all templates, which the first page would wait for, 0.2 s. One with a fault is told of when it is used."""
    environment = _environment(own)
    for name in FileSystemLoader(templates()).list_templates():
        with contextlib.suppress(TemplateError):
            environment.get_template(name)


def _render(name: str, own: Path | None, page: object) -> str:
    return "".join(_pieces(name, own, page))


def _pieces(name: str, own: Path | None, page: object) -> Iterator[str]:
    """A page as it is made: that of a large class is never in memory whole."""
    try:
        yield from _environment(own).get_template(name).generate(page=page)
    except TemplateError as error:
        where = f"{getattr(error, 'filename', None) or own}:{getattr(error, 'lineno', '')}".rstrip(":")
        fix = "correct the template, or remove it: a block that is not there is ours"
        raise CourseError(where, f"{type(error).__name__}: {error}", fix) from error


def code(text: str) -> Markup:
    """Text as HTML, with what stands in `backticks` set as code; everything is escaped first."""
    escaped = str(escape(text))  # a plain str: the join of a Markup would escape our own tags
    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escaped))


def digest(script: str) -> str:
    """By what a content policy knows a script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def student_page(
    result: Result,
    grade: Grade,
    assignment: Assignment,
    own: Path | None = None,
    asked: Mapping[str, Asked] | None = None,
    answers: Answers = NO_ANSWERS,
    *,
    staff: bool = False,
    level: FeedbackLevel = FeedbackLevel.FULL,
    code: str = "",
) -> str:
    """The HTML of one student's feedback.

    Args:
        own: the course's folder of templates; what it has takes the place of ours, or extends "grader/student.html"
            and replaces single blocks.
        asked: how the handout asks each question, see grader.course.handout.
        answers: what was answered to questions that a person judges.
        staff: the same page with what staff alone may see.
        level: how much it says.
        code: by which a request for another look is known to come from this page; "" for a page without the form.

    Raises CourseError for a template of the course that does not render.
    """
    view = student_view(result, grade, assignment, asked or {}, answers, staff=staff, level=level, code=code)
    return _render("student.html", own, view)


def class_page(
    assignment: Assignment,
    graded: Iterable[tuple[Result, Grade]],
    lists: Lists,
    own: Path | None = None,
) -> Iterator[str]:
    """The HTML of one assignment's class, for staff, in pieces.

    Args:
        graded: is looked at once, and not kept.
        lists: those who have no grade.
        own: the course's folder of templates, as above.
    """
    return _pieces("class.html", own, class_view(assignment, graded, lists))


def course_page(
    title: str, columns: Sequence[Column], members: Sequence[Member], own: Path | None = None
) -> Iterator[str]:
    """The HTML of a whole course, for staff, in pieces.

    Args:
        columns: the assignments that somebody handed in, in the course's order.
        own: the course's folder of templates, as above.
    """
    return _pieces("course.html", own, course_view(title, columns, members))


def unreadable_page(one: Unreadable, title: str, own: Path | None = None) -> str:
    """The HTML for somebody whose work cannot be read.

    Args:
        title: of the assignment, or of the course.
        own: the course's folder of templates, as above.
    """
    return _render("unreadable.html", own, unreadable_view(one, title))


def mark_page(view: MarkView) -> str:
    """The HTML of the page on which a person marks answers."""
    return _render("mark.html", None, view)


def mark_script() -> str:
    """By what a content policy knows that page's script."""
    return digest(_environment(None).get_template("mark.js").render())
