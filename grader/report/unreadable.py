"""The page of somebody whose work cannot be read: what came, why there is no grade, what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from grader.records import Unreadable
from grader.text import clean, slug


@dataclass(frozen=True, slots=True)
class UnreadableView:
    """What `unreadable.html` sees as `page`. `file`: its name; where it lay is not the student's business."""

    title: str
    student: str
    file: str
    reason: str


def unreadable_view(one: Unreadable, title: str) -> UnreadableView:
    """Args: title: of the assignment, or of the course where it is not known."""
    name = one.path.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return UnreadableView(title, one.student.name, clean(name, 200) or "nothing", clean(one.reason, 600))


def unreadable_name(one: Unreadable) -> str:
    """The file name of the page."""
    return f"{slug(f'{one.student.name} {one.assignment}', f'{one.assignment} {one.student.key} {one.path}')}.html"
