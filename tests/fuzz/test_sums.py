"""Whatever persons decide and a course says of lateness: every number is the same everywhere, and sums agree.

Random courses, verdicts, decisions and policies go through the files and the gradebook that a user has. What page,
table, gradebook and exports say is then compared, and added up again by hand, the page's numbers as they are printed.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from grader.classroom.outgoing import outgoing
from grader.classroom.summary import Place, score_class
from grader.course.catalog import Course
from grader.desk.blocks import added
from grader.exports.entries import Options
from grader.exports.plain import json_of
from grader.gradebook.store import Gradebook
from grader.records import (
    Check,
    Evidence,
    Execution,
    Grade,
    HandIn,
    Kind,
    Result,
    Status,
    Student,
    Submission,
)
from grader.rules.lateness import iso
from grader.rules.scoring import grade
from grader.storage import from_json

TIMES = int(os.environ.get("GRADER_FUZZ", "1"))
DUE = datetime(2026, 10, 12, 21, 59, tzinfo=UTC)
QUESTIONS, CHECKS, STUDENTS = "abc", ("test_one", "test_two", "test_three"), ("ada", "bo")
LINES = {"l1": 0.5, "l2": 1.25, "l3": -0.75}
POINTS = (st.integers(1, 150) | st.integers(1, 2000)).map(lambda number: number / 100)


@dataclass(frozen=True)
class Term:
    """What is drawn: a course's file, its questions, everybody's verdicts and times, decisions."""

    course: str
    questions: list[dict[str, Any]]
    verdicts: dict[str, dict[tuple[str, str], Status]]
    after: dict[str, timedelta]
    decisions: list[tuple[Kind, dict[str, Any]]]


@st.composite
def terms(draw: st.DrawFn) -> Term:
    questions = [draw(question(id)) for id in QUESTIONS]
    worth = {one["id"]: one["points"] for one in questions}
    verdicts = {
        who: {(id, check): draw(st.sampled_from(Status)) for id in QUESTIONS for check in CHECKS} for who in STUDENTS
    }
    after = {who: timedelta(minutes=draw(st.integers(-2000, 20_000))) for who in STUDENTS}
    wanted = draw(
        st.lists(st.tuples(st.sampled_from(Kind), st.sampled_from(STUDENTS), st.sampled_from(QUESTIONS)), min_size=2)
    )
    decisions = [draw(decision(*place, worth)) for place in dict.fromkeys(wanted)]
    dropped = {entry["question"] for kind, entry in decisions if kind is Kind.DROPPED}
    if dropped == set(QUESTIONS):
        decisions = [one for one in decisions if one[0] is not Kind.DROPPED]
    return Term(draw(policy()), questions, verdicts, after, _once(decisions))


@st.composite
def question(draw: st.DrawFn, id: str) -> dict[str, Any]:
    weights = draw(st.dictionaries(st.sampled_from(CHECKS), st.sampled_from([0.5, 1.0, 2.0, 1 / 3]), max_size=2))
    guards = draw(st.lists(st.sampled_from(CHECKS), max_size=1))
    return {"id": id, "points": draw(POINTS), "weights": weights, "guards": guards}


@st.composite
def policy(draw: st.DrawFn) -> str:
    late = {
        "penalty": draw(st.sampled_from([0, 1, 7.5, 10, 33.33, 100])),
        "per": draw(st.sampled_from(["day", "hour"])),
        "of": draw(st.sampled_from(["points", "earned"])),
        "cap": draw(st.sampled_from([100, 50, 12.5])),
        "grace": draw(st.sampled_from(["0 min", "15 min", "1 day"])),
        "budget": draw(st.integers(0, 3)),
        **({"closes": "7 days"} if draw(st.booleans()) else {}),
    }
    keys = "\n".join(f"{key} = {json.dumps(value)}" for key, value in late.items())
    zone = draw(st.sampled_from(["UTC", "Europe/Zurich", "Asia/Kolkata"]))
    return f"timezone = '{zone}'\n[late]\n{keys}\n[assignments.01_x]\ndue = {DUE:%Y-%m-%dT%H:%M:%SZ}\n"


@st.composite
def decision(draw: st.DrawFn, kind: Kind, student: str, question: str, worth: dict[str, float]) -> Any:
    up_to = st.integers(0, round(100 * worth[question])).map(lambda number: number / 100)
    lines = st.lists(st.sampled_from([*LINES]), unique=True)
    about: dict[str, Any] = {"student": student, "assignment": "01_x", "question": question, "reason": "so\n`it` is"}
    own: dict[Kind, dict[str, Any]] = {
        Kind.POINTS: {"points": draw(up_to), "check": draw(st.sampled_from([*CHECKS, ""]))},
        Kind.RUBRIC: {"lines": draw(lines), "points": draw(up_to | st.none())},
        Kind.COMMENT: {"text": draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)) + "."},
        Kind.EXTENSION: draw(st.sampled_from([{"extra": "1 day"}, {"extra": "90 min"}, {"excused": True}])),
        Kind.HANDED: {"at": DUE + timedelta(hours=draw(st.integers(-5, 200)))},
    }
    entry = about | own.get(kind, {})
    if kind in (Kind.EXTENSION, Kind.HANDED, Kind.EXEMPTION):
        del entry["question"]
    if kind in (Kind.DROPPED, Kind.GIVEN):
        del entry["student"]
    return kind, {key: value for key, value in entry.items() if value not in ("", None)}


def _once(decisions: list[tuple[Kind, dict[str, Any]]]) -> list[tuple[Kind, dict[str, Any]]]:
    """No two about the same."""
    parts = ("student", "question", "check")
    found = {(kind, *(entry.get(part) for part in parts)): (kind, entry) for kind, entry in decisions}
    return list(found.values())


def write(term: Term, folder: Path) -> Place:
    """The course and a gradebook in which everybody has a result, as `grader run` leaves them."""
    lines = "".join(
        f"[[questions.rubric]]\nid = '{id}'\ntext = 'Line {id}'\npoints = {points}\n" for id, points in LINES.items()
    )
    questions = "".join(
        f"[[questions]]\nid = '{one['id']}'\ntitle = 'T{one['id']}'\nsection = 'S'\npoints = {one['points']}\n"
        f"guards = {json.dumps(one['guards'])}\n"
        + "".join(f"weights.{name} = {weight}\n" for name, weight in one["weights"].items())
        + lines
        for one in term.questions
    )
    home, hidden = folder / "assignments" / "01_x", folder / "tests" / "hidden" / "01_x"
    home.mkdir(parents=True)
    hidden.mkdir(parents=True)
    (home / "assignment.toml").write_text(f"title = 'X'\nsummary = ''\n{questions}", encoding="utf-8")
    for id in QUESTIONS:
        source = "".join(f"def {name}():\n    pass\n" for name in CHECKS)
        (hidden / f"test_{id}.py").write_text(source, encoding="utf-8")
    (folder / "course.toml").write_text(term.course, encoding="utf-8")
    text = ""
    for kind, entry in term.decisions:
        text = added(text, kind, entry)
    (folder / "decisions.toml").write_text(text, encoding="utf-8")
    place = Place(Course(folder), folder / "grades", "")
    book = Gradebook(place.gradebook)
    for who in STUDENTS:
        result = result_of(who, term)
        book.record(
            book.begin_run(""), result, grade(place.course.assignment("01_x"), Student.named(who), result.checks)
        )
    book.close()
    return place


def result_of(who: str, term: Term) -> Result:
    handed = HandIn(iso(DUE + term.after[who]))
    submission = Submission(Student.named(who), "01_x", f"{who}.ipynb", who, (), (), (), handed)
    evidence = Evidence("suite", "env", {}, "cpu", "full", 0, 0.5, "")
    checks = tuple(Check(*place, "Promise.", status) for place, status in term.verdicts[who].items())
    return Result(submission, Execution((), 0.1), checks, evidence)


def exact(number: float | str) -> Fraction:
    return Fraction(number) if isinstance(number, str) else Fraction(repr(number))


def told(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")


def by_hand(found: Grade) -> None:
    """All are whole hundredths; questions are the checks' points and what was decided, and the whole is their sum."""
    for score in found.scores:
        own = [exact(one.points) for one in found.adjustments if one.question == score.question]
        assert exact(score.earned) == (exact(score.earned if score.checked is None else score.checked) + sum(own))
        assert 0 <= score.earned <= max(score.points, 0) and exact(score.earned) * 100 % 1 == 0
    whole = [exact(one.points) for one in found.adjustments if not one.question]
    assert exact(found.earned) == sum(exact(score.earned) for score in found.scores) + sum(whole)
    assert exact(found.points) == sum(exact(score.points) for score in found.scores)
    assert 0 <= found.earned <= found.points


def on_the_page(page: str, found: Grade) -> None:
    """The printed numbers are the grade's, and they add up."""
    head = re.search(r'class="total"><b>([\d.]+)</b> of ([\d.]+) points', page)
    assert head is not None and head.groups() == (told(found.earned), told(found.points))
    shown = re.findall(r'<span class="pts">(?:([\d.]+) / ([\d.]+)|does not count)</span>', page)
    assert shown == [("", "") if s.dropped else (told(s.earned), told(s.points)) for s in found.scores]
    questions = sum(exact(earned) for earned, _ in shown if earned)
    table = page.partition('<table class="sum">')[2].partition("</table>")[0]
    rows = [row.replace("−", "-") for row in re.findall(r'<td class="num">([^<]*)</td>', table)]
    if rows:
        assert exact(rows[0]) == questions
    assert questions + sum(exact(row) for row in rows[1:] if row) == exact(head[1])
    alone = [float(text) for text in re.findall(r"The checks alone give ([\d.]+)\.</p>", page)]
    assert alone == [score.checked for score in found.scores if score.checked is not None]


@settings(
    max_examples=25 * TIMES,
    deadline=None,
    derandomize=TIMES == 1,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # what fails is shown as it is: to make it smaller takes minutes
)
@given(terms())
def test_every_number_is_the_same_everywhere(term: Term) -> None:
    """On the page, in the table, in the gradebook, in the exports; and after scoring once more."""
    with tempfile.TemporaryDirectory() as folder:
        place = write(term, Path(folder))
        result = score_class(place)
        grades = {row.grade.student.name: row.grade for row in result.rows}
        assert grades.keys() == set(STUDENTS)
        with result.table.open(encoding="utf-8-sig", newline="") as file:
            table = {row["student"]: row for row in csv.DictReader(file)}
        out = outgoing(place.course, place.out, None, DUE)
        said = json.loads(json_of(out.works(), Options(unjudged=True))[0])
        exported = {one["name"]: one for one in said["grades"]}
        stored = dict(stored_in(place.gradebook))
        for row in result.rows:
            found, who = row.grade, row.grade.student.name
            by_hand(found)
            on_the_page(row.page.read_text(encoding="utf-8"), found)
            assert (table[who]["points"], table[who]["of"]) == (told(found.earned), told(found.points))
            assert stored[who] == (found.earned, found.points, found)
            each = [(one["question"], one["points"], one["of"]) for one in exported[who]["questions"]]
            assert each == [(s.question, s.earned, s.points) for s in found.scores]
            assert exported[who]["points"] == (None if found.status == "excused" else found.earned)
        assert not score_class(place).moves


def stored_in(path: Path) -> Iterator[tuple[str, tuple[float, float, Grade]]]:
    with sqlite3.connect(path) as db:
        for earned, points, record in db.execute("SELECT earned, points, record FROM grades").fetchall():
            found = from_json(Grade, record)
            yield found.student.name, (earned, points, found)
    db.close()
