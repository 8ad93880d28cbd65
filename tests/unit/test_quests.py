"""Quests: a number that a check measures, and a board by nickname that a course must ask for."""

from __future__ import annotations

import math
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_class import assignment_of, made_class

from grader import report
from grader.asking.local import LocalChannel
from grader.asking.student import Interview, Student
from grader.authoring.faults import measured
from grader.course.catalog import Course
from grader.errors import CourseError
from grader.judge.drawing import MOST_NICKNAME, Pad
from grader.judge.suite import judge, load_suite
from grader.records import Assignment, Check, Drawing, Figure, Question, Status
from grader.report.cohort.board import Boards, BoardView

TOY = Path(__file__).parents[1] / "submissions" / "course"
SUITE = '''
def test_it(student, draw, expect):
    """It is a number."""
    value = expect(student.double(), float)
    draw.quest("Bytes that are kept", value, student)
'''


def quest(best: str = "highest") -> Assignment:
    """An assignment whose first question is a quest."""
    whole = assignment_of()
    first, *others = whole.questions
    return replace(whole, questions=(replace(first, quest=best), *others))


def figure(number: float, name: str) -> Figure:
    return Figure(Drawing.QUEST, "Bytes that are <i>kept</i>", values=(number,), names=(name,))


def class_of(assignment: Assignment, *reached: tuple[float, str]) -> list[Any]:
    """A class in which each student reached something in the first question."""
    graded = []
    for (result, grade), one in zip(made_class(assignment, len(reached)), reached, strict=True):
        check = Check(assignment.questions[0].id, "test_quest", "", Status.PASSED, figures=(figure(*one),))
        graded.append((replace(result, checks=(check,)), grade))
    return graded


def boards_view(assignment: Assignment, graded: list[Any]) -> tuple[BoardView, ...]:
    """The boards of a class."""
    boards = Boards(assignment)
    for result, _ in graded:
        boards.add(result)
    return boards.view()


def test_a_board_has_places() -> None:
    """The best first, by what the question says is best; equal numbers share a place; no nickname, no row."""
    reached = [(3.0, "Cy"), (7.5, "ada"), (7.5, "Ben"), (9.0, ""), (1.0, "Di")]
    [board] = boards_view(quest(), class_of(quest(), *reached))
    assert board.rows == ((1, "ada", "7.5"), (1, "Ben", "7.5"), (3, "Cy", "3"), (4, "Di", "1"))
    [board] = boards_view(quest("lowest"), class_of(quest("lowest"), *reached))
    assert [row[:2] for row in board.rows] == [(1, "Di"), (2, "Cy"), (3, "ada"), (3, "Ben")]
    assert board.measure == "Bytes that are <i>kept</i>"


def test_nobody_is_on_a_board_unasked() -> None:
    """Without nicknames there is none, nor of a question that is no quest."""
    assert boards_view(quest(), class_of(quest(), (1.0, ""), (2.0, ""))) == ()
    assert boards_view(assignment_of(), class_of(quest(), (1.0, "ada"))) == ()


def test_a_class_page_has_a_board_where_the_course_asks_for_it() -> None:
    """And what students call themselves is text."""
    graded = class_of(quest(), (1.0, "<b>ada</b>"))
    page = "".join(report.class_page(quest(), graded, report.Lists(board=True)))
    assert "Quest: " in page and "<bdi>&lt;b&gt;ada&lt;/b&gt;</bdi>" in page and "<i>kept" not in page
    assert "Quest: " not in "".join(report.class_page(quest(), graded, report.Lists()))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"NICKNAME": " Ada \n L. "}, "Ada L."),
        ({}, ""),
        ({"NICKNAME": 7}, ""),
        ({"NICKNAME": None}, ""),
        ({"NICKNAME": lambda: "x"}, ""),
        ({"NICKNAME": "\x1b[31mred"}, "red"),
        ({"NICKNAME": "x" * 1000}, "x" * (MOST_NICKNAME - 1) + "…"),
    ],
)
def test_a_check_measures_a_number(said: dict[str, object], name: str, tmp_path: Path) -> None:
    """With it goes the nickname, whatever stands there."""
    folder = shutil.copytree(TOY, tmp_path / "course") / "tests" / "hidden" / "01_toy"
    (folder / "test_double.py").write_text(SUITE)
    suite = load_suite(Course(tmp_path / "course"), "01_toy")
    [check] = judge(suite, LocalChannel({"double": lambda: 12.5, **said}), 0, ["double"])
    assert check.status is Status.PASSED and not check.lacks
    assert [(one.drawing, one.values, one.names) for one in check.figures] == [(Drawing.QUEST, (12.5,), (name,))]


def test_a_number_is_one() -> None:
    """What cannot be compared is the suite's fault."""
    with pytest.raises(CourseError, match=r"draw\.quest"):
        Pad([]).quest("it", math.nan, Student(Interview(LocalChannel({}))))


@pytest.mark.parametrize(
    ("best", "figures", "said"),
    [
        ("highest", (figure(1.0, ""),), []),
        ("", (), []),
        ("highest", (), ["measures no number for its quest; let a check say draw.quest"]),
        ("", (figure(1.0, ""),), ["measures a number, and the question is no quest; write quest ="]),
    ],
)
def test_a_quest_is_measured(best: str, figures: tuple[Figure, ...], said: list[str]) -> None:
    """The proof of a quest: there is a number; and where there is one, the question is a quest."""
    question = Question("q", "Q", "S", 1, quest=best)  # type: ignore[arg-type]
    checks = [Check("q", "test_it", "", Status.PASSED, figures=figures)]
    found = [str(fault) for fault in measured(checks, question, "here")]
    assert len(found) == len(said) and all(part in line for part, line in zip(said, found, strict=True))
