"""What `check` shows: lines, as text and as the HTML of a notebook, in the same words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from grader.records import Status
from grader.text import last_line

if TYPE_CHECKING:  # they are made with PyTorch, and shown without
    from grader.notebook.findings import Answer, Finding

FRAMES = 4  # of a traceback that are shown, the last ones
_MARKED = re.compile("`([^`\n]+)`")  # code within a sentence
WIDTH = max(map(len, ("called", "came", "expected")))


class Mark(Enum):
    """What stands before a line, and its colour."""

    PASSED = "✓", "#2e7d32"
    FAILED = "✗", "#c62828"
    UNJUDGED = "?", "#a15c00"
    UNWRITTEN = "–", "#757575"  # nothing is wrong yet

    @classmethod
    def of(cls, found: Answer | Finding) -> Mark:
        return cls.UNWRITTEN if found.unwritten else cls[found.status.name]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or a few of them. `mark` stands before it, `label` says what its text is, `code` is written as such."""

    text: str
    depth: int = 0
    mark: Mark | None = None
    label: str = ""
    code: bool = False
    heading: bool = False


def lines(answer: Answer) -> Iterator[Line]:
    """All that was found of a question."""
    yield Line(f"{answer.id}: {answer.title}", mark=Mark.of(answer), heading=True)
    if not answer.findings:
        yield Line("This question has no checks of its own to run here.", 1)
    for finding in answer.findings:
        yield Line(finding.promise, 1, Mark.of(finding))
        yield from _details(finding)


def _details(finding: Finding) -> Iterator[Line]:
    if finding.message:
        yield Line(finding.message, 2)
    for label, value in finding.facts:
        yield Line(value, 2, label=label, code=True)
    for frame in finding.trace.frames[-FRAMES:] if finding.trace else ():
        where = "" if frame.function == "<module>" else f", in {frame.function}"
        yield Line(f"In [{frame.cell}], line {frame.line}{where}:", 2)
        yield Line(frame.code, 3, code=True)
    if finding.printed.strip():
        yield Line("Your code printed:", 2)
        yield Line(finding.printed.strip("\n"), 3, code=True)
    if finding.status is Status.UNJUDGED:
        why = last_line(finding.staff) or "for an unknown reason"
        yield Line(f"The check itself failed, through no fault of yours; please show this to your teacher: {why}", 2)


def short(answer: Answer) -> Line:
    """A question in one line: its title, and the first thing that is to be done."""
    first = next((finding for finding in answer.findings if finding.status is answer.status), None)
    said = f" — {_first_line(first)}" if first and answer.status is not Status.PASSED else ""
    return Line(f"{answer.id}: {answer.title}{said}", mark=Mark.of(answer))


def _first_line(finding: Finding) -> str:
    said = finding.message or last_line(finding.staff) or finding.promise
    line = said.partition("\n")[0]
    return line if len(line) <= 160 else f"{line[:159]}…"


def summary(answers: Sequence[Answer]) -> Line:
    """How many questions hold what they promise."""
    held = sum(answer.status is Status.PASSED for answer in answers)
    more = "" if held == len(answers) else ' For more on one of them: check("…") with its name.'
    return Line(f"{held} of {len(answers)} questions pass their public checks.{more}")


def as_text(shown: Sequence[Line]) -> str:
    """The lines for a terminal or a page of text."""
    return "\n".join(_text(line) for line in shown)


def _text(line: Line) -> str:
    mark = f"{line.mark.value[0]} " if line.mark else ""
    label = f"{line.label:<{WIDTH}}  " if line.label else ""
    before = "  " * line.depth
    first, *rest = line.text.split("\n")
    hang = before + " " * (len(mark) + len(label))
    return "\n".join([f"{before}{mark}{label}{first}", *(hang + more for more in rest)])


def as_html(shown: Sequence[Line], progress: tuple[int, int] | None = None) -> str:
    """The lines for a notebook, whatever its theme. With `progress`, also a bar: so many of so many are done."""
    bar = ""
    if progress and progress[0] < progress[1]:
        bar = f'<progress value="{progress[0]}" max="{progress[1]}" style="width:100%"></progress>'
    body = "".join(map(_html, shown))
    worst = next((line.mark for line in shown if line.mark), None)
    edge = worst.value[1] if worst and not progress else "#8888"
    style = f"border-left:3px solid {edge};padding:2px 0 2px 10px;margin:4px 0;line-height:1.5;max-width:60em"
    return f'<div style="{style}">{body}{bar}</div>'


def _html(line: Line) -> str:
    sign, colour = line.mark.value if line.mark else ("", "")
    mark = f'<b style="color:{colour}">{sign}</b> ' if sign else ""
    label = f'<span style="opacity:.7;display:inline-block;min-width:5.5em">{line.label}</span>' if line.label else ""
    text = html.escape(line.text)
    if line.code:
        text = f'<code style="white-space:pre-wrap;background:none">{text}</code>'
    else:
        text = _MARKED.sub(r"<code>\1</code>", text)
    weight = ";font-weight:600" if line.heading else ""
    hanging = ";padding-left:1.2em;text-indent:-1.2em" if mark else ""
    layout = ";display:flex;align-items:baseline" if line.label else hanging
    return f'<div style="margin-left:{1.4 * line.depth:g}em{weight}{layout}">{mark}{label}{text}</div>'
