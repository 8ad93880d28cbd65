"""What verdicts rest on, question by question, and which stored ones stand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.classroom.known import Known, Rests, known_of
from grader.course.basis import bases
from grader.course.catalog import Course
from grader.course.parts import read_parts
from grader.gradebook.rows import Key
from grader.gradebook.store import Gradebook
from grader.records import Check, Evidence, Execution, Result, Status, Student, Submission
from grader.rules.scoring import grade
from grader.running.setting import EVERYTHING, Order

TOY = Path(__file__).parents[1] / "submissions" / "course"
ID = "01_toy"
ALL = {"double", "root", "mean_of", "flatten_images", "rows_of_file"}
Changed = Callable[[str, str, str], set[str]]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(shutil.copytree(TOY, tmp_path / "course"))


@pytest.fixture
def changed(course: Course) -> Changed:
    """Edits a file of the course, and says which questions' bases that changed; the suite's hash tells of any."""

    def edit(name: str, old: str, new: str) -> set[str]:
        path, before, suite = course.root / name, bases(course, ID), course.suite_hash(ID)
        text = path.read_text() if path.is_file() else ""
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new)
        after = bases(course, ID)
        found = {id for id in after if after[id] != before.get(id)}
        assert not found or course.suite_hash(ID) != suite, "a change that is felt is seen"
        return found

    return edit


@pytest.mark.parametrize(
    ("name", "old", "new", "due"),
    [
        ("tests/hidden/01_toy/test_double.py", "arange(5)", "arange(6)", {"double"}),
        ("tests/mistakes/01_toy/root.py", "", "\n# a thought\n", {"root"}),
        ("tests/alternatives/01_toy/double.py", "", "\n# a thought\n", set()),
        ("solutions/01_toy.py", "return t.sqrt()", "return t**0.5", {"root"}),
        ("solutions/01_toy.py", "t.double().mean()", "t.double().mean(0)", {"mean_of", "rows_of_file"}),
        ("solutions/01_toy.py", "# # A small", "# # A smaller", set()),
        ("solutions/01_toy.py", "import torch\n", "import torch\nimport math\n", ALL),
        ("assignments/01_toy/assignment.toml", "points = 2", "points = 3", set()),
        ("assignments/01_toy/assignment.toml", "call = 1.5", "call = 2.5", ALL),
        ("assignments/01_toy/assignment.toml", "needs =", 'defines = ["rows_of_file", "f"]\nneeds =', {"rows_of_file"}),
        ("assignments/01_toy/data/table.csv", "", "1,2\n", ALL),
        ("assignments/01_toy/public/test_double.py", "", "\n# a thought\n", set()),
        ("tests/hidden/01_toy/helpers.py", "", "n = 1\n", ALL),
        ("tests/hidden/01_toy/numbers/n.txt", "", "1", ALL),
        ("tests/hidden/shared.py", "", "n = 1\n", ALL),
    ],
)  # fmt: skip
def test_what_an_edit_concerns(name: str, old: str, new: str, due: set[str], changed: Changed, course: Course) -> None:
    """The questions that rest on it, and no others."""
    (course.root / name).parent.mkdir(exist_ok=True)
    assert changed(name, old, new) == due


@pytest.mark.parametrize(
    ("suite", "helper", "due"),
    [
        ("def test_x(student, reference):\n    reference.root\n", "", {"root", "double"}),
        ("def test_x(student, reference):\n    getattr(student, 'root')\n", "", {"root", "double"}),
        ("def test_x(student, reference):\n    vars(reference)\n", "", {"root", "double"}),
        ("from helpers import f\ndef test_x(student):\n    f(student)\n", "def f(s):\n    s.root\n", ALL),
        ("def test_x(student, reference):\n    root = 1\n", "", {"root"}),
        ("def test_x(:\n", "", {"root", "double"}),
    ],
)
def test_a_suite_that_looks_at_other_cells(
    suite: str, helper: str, due: set[str], changed: Changed, course: Course
) -> None:
    """Whatever its checks, or what they share, could get from the reference by name; all, where nothing tells."""
    (course.hidden(ID) / "test_double.py").write_text(suite)
    (course.hidden(ID) / "helpers.py").write_text(helper)
    assert changed("solutions/01_toy.py", "return t.sqrt()", "return t**0.5") == due
    needed = read_parts(course, course.assignment(ID)).needed("double")
    assert len(needed) == (3 if "reference.root" in suite else 2), "proofs run what is asked for, and no more"


# ---- what stands

KEY = Key("new suite", "env", 0)
ADA = Student.named("ada")
SUBMISSION = Submission(ADA, ID, "p", "sha", ())
EVIDENCE = Evidence("old suite", "env", {}, "cpu", "full", 0, 1.0, "again")


def stored(book: Gradebook, course: Course, bases: dict[str, str], **changes: Status) -> Result:
    """A result of the old suite, stored with these bases."""
    checks = tuple(Check(id, "test_x", "", changes.get(id, Status.PASSED)) for id in sorted(ALL))
    result = Result(SUBMISSION, Execution((), 1.0), checks, EVIDENCE)
    book.record(book.begin_run(""), result, grade(course.assignment(ID), ADA, checks), bases=bases)
    return result


def test_what_stands(course: Course, tmp_path: Path) -> None:
    """Checks that rest on what they rested on, and were judged."""
    book, assignment, due = Gradebook(tmp_path / "book.db"), course.assignment(ID), {id: f"{id} 1" for id in ALL}

    def known(key: Key = KEY, **changes: str) -> Known:
        return known_of(book, SUBMISSION, key, assignment, lambda: Rests({**due, **changes}))

    assert known() == Known(None, EVERYTHING)
    result = stored(book, course, due, root=Status.UNJUDGED)
    rest = tuple(check for check in result.checks if check.question != "root")
    assert known() == Known(None, Order(questions=("root",), kept=rest))
    assert known(replace(KEY, suite="old suite")) == known()
    judged = stored(book, course, due)
    assert known() == Known(judged) and known(replace(KEY, suite="old suite")) == Known(judged)
    assert known(double="2", root="2").order.questions == ("double", "root")
    assert known(**dict.fromkeys(ALL, "2")) == Known(None, EVERYTHING)
    for other in (replace(KEY, environment="e2"), replace(KEY, seed=1)):
        assert known(other) == Known(None, EVERYTHING)


def test_what_was_stored_without_a_basis(course: Course, tmp_path: Path) -> None:
    """By an older grader: it stands for its own suite as a whole, and for no other."""
    book, assignment, due = Gradebook(tmp_path / "book.db"), course.assignment(ID), {id: f"{id} 1" for id in ALL}
    stored(book, course, {}, root=Status.UNJUDGED)
    assert known_of(book, SUBMISSION, KEY, assignment, lambda: Rests(due)) == Known(None, EVERYTHING)
    same = replace(KEY, suite="old suite")
    assert known_of(book, SUBMISSION, same, assignment, lambda: Rests(due)).order.questions == ("root",)


def test_kernels_that_kept_answers_cost(course: Course, tmp_path: Path) -> None:
    """What a page says of how kernels ended stays with the check that tells it."""
    book, assignment, due = Gradebook(tmp_path / "book.db"), course.assignment(ID), {id: f"{id} 1" for id in ALL}
    result = stored(book, course, due)
    checks = tuple(replace(c, message="It died.") if c.question == "root" else c for c in result.checks)
    died = replace(result, checks=checks, execution=Execution((), 1.0, ("It died.", "A cell died.")))
    book.record(book.begin_run(""), died, grade(assignment, ADA, checks), bases=due)
    order = known_of(book, SUBMISSION, KEY, assignment, lambda: Rests({**due, "double": "2"})).order
    assert order.kept_deaths == ("It died.",)
    assert known_of(book, SUBMISSION, KEY, assignment, lambda: Rests({**due, "root": "2"})).order.kept_deaths == ()


def test_answers_of_before_go_along(course: Course, tmp_path: Path) -> None:
    """With what the notebook did; not where one is missing, rests on something else, or was asked of a dying kernel."""
    book, assignment, due = Gradebook(tmp_path / "book.db"), course.assignment(ID), {id: f"{id} 1" for id in ALL}
    result = replace(stored(book, course, due), heard={"root": "R", "double": "D"})
    book.record(book.begin_run(""), result, grade(assignment, ADA, result.checks), bases=due, answers="a")

    def order(answers: str, *edited: str) -> Order:
        rests = Rests({**due, **dict.fromkeys(edited, "2")}, answers)
        return known_of(book, SUBMISSION, KEY, assignment, lambda: rests).order

    assert order("a", "root").heard == {"root": "R"} and order("a", "root").ran == result.execution
    assert order("a", "double", "root").heard == {"root": "R", "double": "D"}
    for one in (order("b", "root"), order("", "root"), order("a", "root", "mean_of")):
        assert one.heard == {} and one.ran is None and "root" in one.questions
    died = replace(result, execution=Execution((), 1.0, ("It died.",)), heard={"root": "R2"})
    book.record(book.begin_run(""), died, grade(assignment, ADA, result.checks), bases=due, answers="a")
    assert order("a", "root").heard == {}
