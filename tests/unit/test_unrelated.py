"""An exception that nobody foresaw is no known mistake, in any assignment of the course."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import pytest

from grader import devices
from grader.authoring.local import LocalNotebook
from grader.course.catalog import Course
from grader.judge.suite import load_suite
from grader.records import Status
from grader.running.setting import Setting

ROOT = Path(__file__).parents[2]
COURSE = Course(ROOT)
KINDS = (ValueError, RuntimeError, TypeError, KeyError, IndexError, ZeroDivisionError, AssertionError)
EACH = 5  # of so many questions one is tried: 39 in all


def raises(kind: type[Exception]) -> Any:
    def unrelated(*args: object, **kwargs: object) -> NoReturn:
        raise kind("unrelated")

    return unrelated


@pytest.mark.parametrize("id", COURSE.ids())
def test_no_diagnosis(id: str) -> None:
    """Functions that only raise fail their question, and are told no untruth about it."""
    with devices.on(Setting(ROOT).device_for(COURSE.assignment(id))):
        notebook = LocalNotebook(COURSE, load_suite(COURSE, id))
        for number, question in enumerate(COURSE.assignment(id).coded[::EACH]):
            stub = raises(KINDS[number % len(KINDS)])
            with notebook.replaced(dict.fromkeys(question.names, stub)):
                checks = notebook.ask([question.id])
            assert any(check.status is Status.FAILED for check in checks), question.id
            assert not [check.diagnosis for check in checks if check.diagnosis], question.id
