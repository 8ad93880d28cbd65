"""A term scored for people of a roster: late days, hand-ins under several keys, what is said at the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.classroom.people import roster_at
from grader.classroom.scorer import ends_of
from grader.classroom.summary import ClassResult, Place, score_class
from grader.course.catalog import Course
from grader.gradebook.store import Gradebook
from grader.intake.answers import answer_hash
from grader.records import Cell, Check, Evidence, Execution, HandIn, Result, Status, Student, Submission
from grader.rules.lateness import iso
from grader.rules.scoring import grade

IDS = ("01_x", "02_y")
DUE = {id: datetime(2026, 10, 12 + 7 * n, 22, tzinfo=UTC) for n, id in enumerate(IDS)}
COURSE = "[late]\npenalty = 10\nbudget = 2\n" + "".join(
    f"[assignments.{id}]\ndue = {due:%Y-%m-%dT%H:%M:%SZ}\n" for id, due in DUE.items()
)
ROSTER = "id,name,section,moodle\n1,Ada Ng,A,11 12\n2,Bo Li,B,21 22\n"


class Term:
    """A course, and results that are put into its gradebook."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for id in IDS:
            home, hidden = root / "assignments" / id, root / "tests" / "hidden" / id
            home.mkdir(parents=True)
            hidden.mkdir(parents=True)
            questions = "".join(
                f"[[questions]]\nid = '{one}'\ntitle = '{one}'\nsection = 'S'\npoints = 5\n" for one in "ab"
            )
            (home / "assignment.toml").write_text(f"title = '{id}'\nsummary = ''\n{questions}", encoding="utf-8")
        self.place = Place(Course(root), root / "grades", "", None)
        self.write(COURSE)

    def write(self, course: str = "", decisions: str = "", roster: str = ROSTER) -> None:
        if course:
            (self.root / "course.toml").write_text(course, encoding="utf-8")
        (self.root / "decisions.toml").write_text(decisions, encoding="utf-8")
        (self.root / "roster.csv").write_text(roster, encoding="utf-8")
        people = roster_at(self.root / "roster.csv")
        self.place = Place(self.place.course, self.place.out, "", people)

    def hand_in(self, key: str, id: str, handed: HandIn | float, source: str = "def a(): pass") -> Submission:
        """Everything is right. `handed`: so many hours after the due date."""
        if not isinstance(handed, HandIn):
            handed = HandIn(iso(DUE[id] + timedelta(hours=handed)))
        student = Student(f"moodle//{key}", "somebody", {"moodle": key})
        cells = (Cell(1, source, "a"),)
        submission = Submission(student, id, f"{key}.ipynb", source, cells, (), (), handed)
        checks = tuple(Check(one, "test_it", "Promise.", Status.PASSED) for one in "ab")
        evidence = Evidence("suite", "env", {}, "cpu", "full", 0, 0.5, "")
        book = Gradebook(self.place.gradebook)
        first = grade(self.place.course.assignment(id), student, checks)
        book.record(book.begin_run(""), Result(submission, Execution((), 0.1), checks, evidence), first)
        book.close()
        return submission

    def score(self) -> ClassResult:
        return score_class(self.place)

    def earned(self) -> dict[tuple[str, str], float]:
        return {(row.shown, row.grade.assignment): row.grade.earned for row in self.score().rows}


@pytest.fixture
def term(tmp_path: Path) -> Term:
    return Term(tmp_path)


def test_late_days_are_a_persons_over_the_term(term: Term) -> None:
    """Moodle knows a student by another number in each assignment; the late days are one person's all the same."""
    term.hand_in("11", "01_x", 30)
    term.hand_in("12", "02_y", 30)
    term.hand_in("22", "02_y", 30)
    assert term.earned() == {("Ada Ng", "01_x"): 10.0, ("Ada Ng", "02_y"): 8.0, ("Bo Li", "02_y"): 10.0}
    term.write(decisions="[[extension]]\nstudent = '1'\nassignment = '01_x'\nextra = '1 day'\n")
    assert term.earned()["Ada Ng", "02_y"] == 9.0, "one late day is left for the second"
    term.write(decisions="[[exemption]]\nstudent = 'Ada Ng'\nassignment = '01_x'\n")
    assert term.earned()["Ada Ng", "02_y"] == 10.0, "and two where the first does not count"


def test_a_decision_is_about_a_person_however_named(term: Term) -> None:
    """By the roster's id, a platform's, the name; an assignment that was handed in later is found, too."""
    for named in ("1", "11", "12", "Ada Ng", "moodle//12"):
        entry = f"[[points]]\nstudent = '{named}'\nassignment = '02_y'\nquestion = 'a'\npoints = 2\nreason = 'so'\n"
        term.write(decisions=entry)
        term.hand_in("12", "02_y", -1)
        assert term.earned() == {("Ada Ng", "02_y"): 7.0}


def test_a_section_has_another_deadline(term: Term) -> None:
    """A student's own goes before it."""
    term.hand_in("11", "01_x", 100)
    term.hand_in("21", "01_x", 100)
    of_section = "[[extension]]\nsection = 'B'\nassignment = '01_x'\nextra = '5 days'\n"
    term.write(decisions=of_section)
    assert term.earned() == {("Ada Ng", "01_x"): 7.0, ("Bo Li", "01_x"): 10.0}
    own = "[[extension]]\nstudent = '2'\nassignment = '01_x'\nextra = '1 day'\n"
    term.write(decisions=of_section + own)
    assert term.earned()["Bo Li", "01_x"] == 8.0


def test_late_without_a_time_is_said_and_costs_nothing(term: Term) -> None:
    """The platform says that it was late and not when: a person does."""
    term.hand_in("11", "01_x", HandIn(late=True))
    term.hand_in("21", "01_x", HandIn())
    result = term.score()
    assert [row.grade.earned for row in result.rows] == [10.0, 10.0]
    assert result.need_human and len(result.remarks) == 1
    assert "Ada Ng: 01_x was handed in late, and nothing says when" in result.remarks[0]
    term.write(decisions="[[handed]]\nstudent = '1'\nassignment = '01_x'\nat = 2026-10-15T22:00:00Z\n")
    result = term.score()
    assert [row.grade.earned for row in result.rows] == [9.0, 10.0] and not result.remarks
    assert "as a person noted" in result.rows[0].page.read_text(encoding="utf-8")


def test_a_decision_knows_its_answer(term: Term) -> None:
    """A notebook handed in again with the same answer to the question changes nothing; with another it is said."""
    first = term.hand_in("11", "01_x", -1)
    digest = answer_hash(first, term.place.course.assignment("01_x").questions[0])
    entry = f"[[comment]]\nstudent = '1'\nassignment = '01_x'\nquestion = 'a'\ntext = 'x'\nanswer = '{digest}'\n"
    term.write(decisions=entry)
    assert not term.score().remarks
    term.hand_in("11", "01_x", -1, "def a(): pass  \n")
    assert not term.score().remarks
    term.hand_in("11", "01_x", -1, "def a(): return 1")
    assert ["the answer of Ada Ng to a has changed" in line for line in term.score().remarks] == [True]


def test_what_ends_when(term: Term) -> None:
    """Nothing is too late without a last date; with one, extensions count."""
    assert ends_of(term.place.course, term.place.roster, term.place.gradebook) is None
    term.write(
        COURSE + "late.closes = '2 days'\n", "[[extension]]\nstudent = '1'\nassignment = '02_y'\nextra = '1 day'\n"
    )
    ends = ends_of(term.place.course, term.place.roster, term.place.gradebook)
    assert ends is not None
    ada, bo = (Student(f"moodle//{key}", "x", {"moodle": key}) for key in ("12", "22"))
    too_late = ends([ada, bo])
    handed = HandIn(iso(DUE["02_y"] + timedelta(hours=50)))
    assert (too_late(ada, "02_y", handed), too_late(bo, "02_y", handed)) == (False, True)
    assert not too_late(bo, "01_x", handed) and not too_late(bo, "02_y", HandIn(late=True))
