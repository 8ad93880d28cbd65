"""Points, the gradebook, records and their JSON, the course on disk, handouts, pages."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.authoring.faults import guards
from grader.classroom.grading import Plan, grade_class
from grader.classroom.summary import Place
from grader.classroom.table import no_formula
from grader.course.catalog import Course, find_course, hash_files
from grader.course.notebooks import BEGIN, END, build, solutions_in, strip, substitute
from grader.course.variants import Variant, load_variants
from grader.devices import CPU
from grader.errors import CourseError, UsageError
from grader.gradebook.peek import known_students
from grader.gradebook.rows import Key
from grader.gradebook.schema import MIGRATIONS
from grader.gradebook.store import Gradebook
from grader.grading.pipeline import Bench
from grader.intake.inbox import Wanted, collect
from grader.judge.replaying import Replies
from grader.kernel.outside.launch import ColdLauncher
from grader.records import (
    Assignment,
    Cell,
    CellRun,
    CellStatus,
    Check,
    Decision,
    Diagnosis,
    Evidence,
    Execution,
    Frame,
    Grade,
    Kind,
    Limits,
    Question,
    Result,
    Standing,
    Status,
    Student,
    Submission,
    Trace,
    Unreadable,
)
from grader.report import Lists, class_page, student_page
from grader.rules.scoring import grade
from grader.running.pool import remove_leftovers
from grader.running.setting import EVERYTHING, Kernels, Setting
from grader.sandbox.policy import Level
from grader.sandbox.scratch import make_scratch
from grader.storage import Unfit, from_json, parse, to_json
from grader.text import points

TOY = Path(__file__).parents[1] / "submissions" / "course"
ASSIGNMENT = Assignment(
    "01_x",
    "X",
    "",
    (
        Question("a", "A", "s", 4.0, weights={"heavy": 3.0}),
        Question("b", "B", "s", 2.0, needs=("a",)),
        Question("c", "C", "t", 1.0),
    ),
)


def check(question: str, name: str, status: Status, **more: Any) -> Check:
    return Check(question, name, f"promise of {name}", status, **more)


S, ADA, BO = map(Student.named, ("s", "ada", "bo"))
P, F, U = Status.PASSED, Status.FAILED, Status.UNJUDGED


# ---- points


def test_partial_credit_by_weight() -> None:
    """A question earns in proportion to the weights of its passed checks."""
    checks = [check("a", "heavy", P), check("a", "light", F), check("b", "x", P), check("c", "x", P)]
    found = grade(ASSIGNMENT, S, checks)
    assert [score.earned for score in found.scores] == [3.0, 2.0, 1.0]
    assert (found.earned, found.points, found.status) == (6.0, 7.0, Standing.PARTIAL)


def test_guards_alone_earn_nothing() -> None:
    """A check that nonsense passes too counts only beside one that it does not pass."""
    question = replace(ASSIGNMENT.questions[0], guards=("light",))
    guarded = replace(ASSIGNMENT, questions=(question, *ASSIGNMENT.questions[1:]))
    assert grade(guarded, S, [check("a", "heavy", F), check("a", "light", P)]).scores[0].earned == 0.0
    assert grade(guarded, S, [check("a", "heavy", P), check("a", "light", P)]).scores[0].earned == 4.0
    assert grade(guarded, S, [check("a", "heavy", P), check("a", "light", F)]).scores[0].earned == 3.0


def test_nonsense_passes_guards_and_nothing_else() -> None:
    """A check that junk passes must be named as a guard; one may be that a mistake passes which fails all else."""
    junk = [[check("a", "heavy", F), check("a", "light", P)], [check("a", "heavy", F), check("a", "light", F)]]
    question = ASSIGNMENT.questions[0]
    for named, said in (
        ((), "senseless answers pass light"),
        (("light", "heavy"), "the guard heavy is none: no senseless answer passes it"),
        (("light", "gone"), "the guard gone is none: there is no such check"),
    ):
        [fault] = guards(junk, replace(question, guards=named), "table")
        assert said in str(fault)
    assert not list(guards(junk, replace(question, guards=("light",)), "table"))
    both = replace(question, guards=("heavy", "light"))
    assert list(guards(junk, both, "table", [[check("a", "heavy", F), check("a", "light", P)]]))
    assert not list(guards(junk, both, "table", [[check("a", "heavy", P), check("a", "light", F)]]))


def test_a_failure_that_follows_from_another() -> None:
    """A failed question that needs a failed one says which; a passed one needs nothing."""
    checks = [check("a", "heavy", F), check("b", "x", F), check("c", "x", P)]
    assert grade(ASSIGNMENT, S, checks).scores[1].waits_for == ("a",)
    checks[1] = check("b", "x", P)
    assert grade(ASSIGNMENT, S, checks).scores[1].waits_for == ()


def test_unjudged_is_not_zero() -> None:
    """A check that we could not judge makes question and grade unjudged; so does a question without checks."""
    found = grade(ASSIGNMENT, S, [check("a", "heavy", U), check("b", "x", P)])
    assert [score.status for score in found.scores] == [U, P, U]
    assert found.status is Standing.UNJUDGED and found.earned == 2.0


def test_points_are_exact() -> None:
    """A question's points are whole hundredths, and a grade is their sum: tenths are tenths."""
    one = replace(ASSIGNMENT.questions[0], id="q", points=1.0, weights={})
    many = replace(ASSIGNMENT, questions=tuple(replace(one, id=f"q{n}") for n in range(3)))
    parts = [check(f"q{n}", name, P if name == "a" else F) for n in range(3) for name in "abc"]
    found = grade(many, S, parts)
    assert [score.earned for score in found.scores] == [0.33, 0.33, 0.33] and found.earned == 0.99
    sevenths = replace(one, points=1.0, weights=dict.fromkeys("abcdefg", 1 / 7))
    assert grade(replace(many, questions=(sevenths,)), S, [check("q", name, P) for name in "abcdefg"]).earned == 1.0
    tenths = replace(ASSIGNMENT, questions=tuple(replace(one, id=f"q{n}", points=0.1) for n in range(3)))
    whole = grade(tenths, S, [check(f"q{n}", "a", P) for n in range(3)])
    assert (whole.earned, whole.points, whole.status) == (0.3, 0.3, Standing.COMPLETE)


def test_what_a_grade_amounts_to() -> None:
    """Complete, partial, none: 99 % is no failure."""
    everything = [check("a", "heavy", P), check("b", "x", P), check("c", "x", P)]
    nothing = [replace(one, status=F) for one in everything]
    assert grade(ASSIGNMENT, S, everything).status is Standing.COMPLETE
    assert grade(ASSIGNMENT, S, [*everything[:2], nothing[2]]).status is Standing.PARTIAL
    assert grade(ASSIGNMENT, S, nothing).status is Standing.NONE


@pytest.mark.parametrize(("value", "text"), [(3.0, "3"), (2.5, "2.5"), (2 / 3, "0.67"), (0.0, "0"), (10.0, "10")])
def test_points_as_people_write_them(value: float, text: str) -> None:
    """No trailing zeros."""
    assert points(value) == text


# ---- records


STAFF = "for staff alone"


def result(student: str = "ada", status: Status = P, sha: str = "abc") -> Result:
    trace = Trace("ValueError", "no", (Frame(1, 2, "f", "raise"),), ("ValueError", "Exception"))
    found = Diagnosis("M1", "Does `x`", "Look at <b>y</b>")
    checks = (
        check(
            "a",
            "heavy",
            status,
            message="wrong <script>alert(1)</script>",
            trace=trace,
            diagnosis=found,
            staff="for staff alone",
        ),
        check("b", "x", P),
        check("c", "x", F, message="This is not written yet.", not_written=True),
    )
    run = CellRun(1, CellStatus.RAISED, 0.1, text="out <i>", images=("nope",), trace=trace)
    evidence = Evidence("suite", "env", {"torch": "2"}, "cpu", "full", 0, 0.5, "grader run")
    submission = Submission(
        Student.named(student), "01_x", f"{student}.ipynb", sha, (Cell(1, "x <b>", "a"),), ("a note",)
    )
    return Result(submission, Execution((run,), 0.2, ("died",)), checks, evidence)


def test_records_come_back_from_json() -> None:
    """The JSON form is complete, versioned, and refuses what is not finite."""
    assert from_json(Result, to_json(result())) == result()
    assert json.loads(to_json(result()))["format"] == 1
    with pytest.raises(ValueError, match="not a Grade of format"):
        from_json(Grade, '{"format": 99}')
    with pytest.raises(ValueError):
        to_json(replace(grade(ASSIGNMENT, S, []), earned=float("nan")))


def test_parse_names_the_key() -> None:
    """Outside data that are wrong are refused with the path of the key."""
    with pytest.raises(Unfit) as caught:
        parse(Assignment, {"id": "x", "title": "", "summary": "", "questions": [{"id": "a", "pints": 3}]})
    assert caught.value.path == ("questions", 0, "pints")
    assert (caught.value.what, caught.value.unknown) == ("is no key that we know", True)


# ---- the gradebook


KEY = Key("suite", "env", 0)


@pytest.fixture
def book(tmp_path: Path) -> Gradebook:
    return Gradebook(tmp_path / "new" / "gradebook.db")


def test_what_was_stored_is_found(book: Gradebook) -> None:
    """By student, assignment, hash, suite, environment and seed; nothing less."""
    run, one = book.begin_run("grader run x"), result()
    book.record(run, one, grade(ASSIGNMENT, ADA, one.checks))
    assert book.find(one.submission, KEY) == one
    for other in (replace(KEY, suite="s2"), replace(KEY, environment="e2"), replace(KEY, seed=1)):
        assert book.find(one.submission, other) is None
    assert book.find(replace(one.submission, sha="other"), KEY) is None
    assert book.find(replace(one.submission, student=BO), KEY) is None


def test_unjudged_results_are_not_found(book: Gradebook) -> None:
    """They are to be tried again; the new result takes their place."""
    run, one = book.begin_run(""), result(status=U)
    book.record(run, one, grade(ASSIGNMENT, ADA, one.checks))
    assert book.find(one.submission, KEY) is None
    book.record(run, result(), grade(ASSIGNMENT, ADA, result().checks))
    assert book.find(one.submission, KEY) == result()
    assert len(list(book.grades())) == 1


def test_a_half_written_submission_is_none(book: Gradebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens while a result is written, all of it is there or nothing."""

    def fail(*args: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(book, "_store_grade", fail)
    with pytest.raises(RuntimeError):
        book.record(book.begin_run(""), result(), grade(ASSIGNMENT, ADA, result().checks))
    for table in ("submissions", "executions", "checks", "grades"):
        assert book.db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_rescoring_and_refusing(book: Gradebook) -> None:
    """New points replace old ones; who could not be read is stored with the reason."""
    run, one = book.begin_run(""), result()
    book.record(run, one, grade(ASSIGNMENT, ADA, one.checks))
    dearer = replace(ASSIGNMENT, questions=(replace(ASSIGNMENT.questions[0], points=40.0), *ASSIGNMENT.questions[1:]))
    book.rescore(run, one, grade(dearer, ADA, one.checks))
    assert [found.points for _, _, found in book.grades()] == [43.0]
    book.refuse(run, Unreadable(BO, "p", "why"))
    book.refuse(run, Unreadable(BO, "p", "another why"))
    assert book.db.execute("SELECT student, reason FROM unreadable").fetchall() == [("bo", "another why")]


def test_what_counts_for_whom(book: Gradebook) -> None:
    """The last run's notebook is the student's; what was refused before counts no more, and others stay as they are."""
    for who, sha in ((ADA, "one"), (BO, "one"), (ADA, "two")):
        run, one = book.begin_run(""), result(student=who.key, sha=sha)
        book.record(run, one, grade(ASSIGNMENT, who, one.checks))
    assert [(r.submission.student.key, r.submission.sha) for r, _ in book.class_of("01_x")] == [
        ("ada", "two"),
        ("bo", "one"),
    ]
    book.refuse(book.begin_run(""), Unreadable(ADA, "p", "torn"))
    assert [entry.student.key for entry in book.refused()] == ["ada"]
    one = result(sha="one")
    book.rescore(book.begin_run(""), one, grade(ASSIGNMENT, ADA, one.checks))
    assert book.refused() == [] and next(book.class_of("01_x"))[0].submission.sha == "one"
    whole = book.whole("ada", "01_x")
    assert whole == one and book.whole("cy", "01_x") is None
    book.record(run, result(sha="three"), grade(ASSIGNMENT, ADA, one.checks), counts=False)
    assert next(book.class_of("01_x"))[0].submission.sha == "one"


def test_whatever_a_kernel_says_can_be_stored(book: Gradebook) -> None:
    """Half a character in an image, an output, a name."""
    run = CellRun(1, CellStatus.RAN, 0.1, text="\ud800", images=("\udfff",))
    one = replace(result(), execution=Execution((run,), 0.1, ("\udc00",)))
    book.record(book.begin_run(""), one, grade(ASSIGNMENT, ADA, one.checks))
    found = book.find(one.submission, KEY)
    assert found is not None and found.execution.cells[0].images == ("?",)


def test_an_old_gradebook_opens(tmp_path: Path) -> None:
    """One of the first version: its students keep their grades, and its words become today's."""
    path = tmp_path / "gradebook.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(f"{MIGRATIONS[0]}; PRAGMA user_version = 1;")
        db.execute("INSERT INTO runs (command) VALUES ('grader run')")
        for number, (who, status, earned) in enumerate(
            (("ada", "failed", 6.0), ("bo", "failed", 0.0), ("cy", "passed", 7.0)), 1
        ):
            one = result(student=who)
            told = json.loads(to_json(grade(ASSIGNMENT, ADA, one.checks))) | {
                "student": who,
                "status": status,
                "earned": earned,
            }
            checks = [json.loads(to_json(check)) for check in one.checks]
            for check in checks:
                del check["not_written"]
            record = json.loads(to_json(one.submission)) | {"student": who}
            del record["handed"]
            db.execute("INSERT INTO submissions VALUES (?, ?, '01_x', 'abc', ?)", (number, who, json.dumps(record)))
            db.execute(
                "INSERT INTO executions (id, submission, run, suite, environment, seed, judged, record, evidence) "
                "VALUES (?, ?, 1, 'suite', 'env', 0, 1, ?, ?)",
                (number, number, to_json(one.execution), to_json(one.evidence)),
            )
            db.executemany(
                "INSERT INTO checks VALUES (?, ?, ?, ?, ?, ?)",
                [(number, i, c["question"], c["name"], c["status"], json.dumps(c)) for i, c in enumerate(checks)],
            )
            db.execute("INSERT INTO grades VALUES (?, ?, 7.0, ?, ?)", (number, earned, status, json.dumps(told)))
        db.execute("INSERT INTO unreadable VALUES ('dee', 'p', 1, 'torn')")
    book = Gradebook(path)
    found = list(book.class_of("01_x"))
    assert [(g.student, g.status.value) for _, g in found] == [
        (ADA, "partial"),
        (BO, "none"),
        (Student.named("cy"), "complete"),
    ]
    assert [check.not_written for check in found[0][0].checks] == [False, False, True]
    assert book.find(result().submission, KEY) == result()
    assert book.refused() == [Unreadable(Student.named("dee"), "p", "torn")]
    assert {"ada", "dee"} <= known_students(path)


def test_a_class_in_brief(tmp_path: Path) -> None:
    """Checks are told without what only pages show; equal ones are one object, and all the rest is as it was."""
    book, told = Gradebook(tmp_path / "g.db"), []
    run = book.begin_run("")
    for student, seconds in ((ADA, 0.25), (BO, 0.5)):
        own = replace(check("b", "x", F, message=f"It gave {student.key}."), lacks="c")
        same = replace(check("a", "heavy", P), seconds=seconds, note="Also b.", fingerprint=student.key)
        one = replace(result(student.key), checks=(same, own))
        book.record(run, one, grade(ASSIGNMENT, student, one.checks))
        told.append((replace(same, seconds=0.0, note="", fingerprint=""), own))
    brief, whole = list(book.class_of("01_x", brief=True)), list(book.class_of("01_x"))
    assert [found.checks for found, _ in brief] == told
    assert brief[0][0].checks[0] is brief[1][0].checks[0]
    assert [replace(found, checks=()) for found, _ in whole] == [replace(found, checks=()) for found, _ in brief]
    assert [one for _, one in whole] == [one for _, one in brief]


def test_two_runs_on_a_new_folder(tmp_path: Path) -> None:
    """Started together, both have a gradebook."""
    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            path = tmp_path / secrets.token_hex(4) / "gradebook.db"
            list(pool.map(lambda _, path=path: Gradebook(path).close(), range(8)))


@pytest.mark.parametrize("place", ["file", "link", "/proc/x", "/dev/null", "students"])
def test_results_cannot_be_written_there(place: str, tmp_path: Path) -> None:
    """A file, a link to nowhere, the system's own folders: one line."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "students").mkdir()
    (tmp_path / "students" / "students").write_text("x")
    out = Path(place) if place.startswith("/") else tmp_path / place
    plan = Plan(Place(Course(TOY), out, ""), Setting(TOY), 1)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "a.ipynb").write_text("{")
    with pytest.raises(UsageError, match="name another"):
        grade_class(plan, collect([tmp_path / "class"], Wanted([])), lambda entry: None)


def test_a_fault_while_one_is_graded_costs_that_one_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """With cold kernels as with warm ones: unjudged, with the reason for staff."""
    from grader.running import grader, worker

    def fail(*args: object) -> Result:
        raise KeyError("a fault of ours")

    monkeypatch.setattr(worker, "grade", fail)
    monkeypatch.setattr(grader, "grade", fail)
    monkeypatch.setattr(
        worker, "unjudged", lambda s, b, why: replace(result(), checks=(check("a", "x", U, staff=why),))
    )
    suite = SimpleNamespace(assignment=ASSIGNMENT, planned=(), replies=Replies())
    bench = Bench(suite, ColdLauncher(Level.NONE), {}, CPU, Level.NONE, 0)  # type: ignore[arg-type]
    for kernels in Kernels:
        alone = worker.Worker.__new__(worker.Worker)
        alone.setting, alone.graders = Setting(TOY, kernels=kernels), {}
        monkeypatch.setattr(alone, "bench", lambda *key: bench)
        assert "a fault of ours" in str(alone._grade(result().submission, EVERYTHING, bench))
        assert not alone.graders


def test_only_what_has_our_mark_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A term's gradebook in a folder that is named like our scratch is nobody's left-over."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    book = tmp_path / "grader-2026-spring" / "gradebook.db"
    book.parent.mkdir()
    book.write_text("grades")
    (tmp_path / "grader-2026-link").symlink_to(book.parent)
    mine = make_scratch()
    remove_leftovers(alive=lambda number: number == os.getpid())
    assert book.exists() and mine.exists()
    remove_leftovers(alive=lambda number: False)
    assert book.exists() and not mine.exists()


def test_names_are_data(book: Gradebook) -> None:
    """Quotes, statements and other scripts are stored as they are."""
    for name in ("'); DROP TABLE grades; --", 'x" OR 1=1', "太郎 🙂", "a\nb"):
        one = result(student=name)
        book.record(book.begin_run(""), one, grade(ASSIGNMENT, Student.named(name), one.checks))
        assert book.find(one.submission, KEY) == one


def test_versions_of_the_file(tmp_path: Path) -> None:
    """An old file is brought forward, a newer one and another kind of file are refused."""
    path = tmp_path / "g.db"
    Gradebook(path).close()
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match="newer grader"):
        Gradebook(path)
    other = tmp_path / "other.db"
    other.write_text("not a database, but long enough to be looked at as one" * 50)
    with pytest.raises(UsageError, match="is not a gradebook"):
        Gradebook(other)


# ---- the course on disk


def course(tmp_path: Path, toml: str) -> Course:
    folder = tmp_path / "assignments" / "01_x"
    folder.mkdir(parents=True)
    (folder / "assignment.toml").write_text(toml)
    return Course(tmp_path)


ONE = '[[questions]]\nid = "a"\ntitle = "A"\nsection = "S"\npoints = 1\n'


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("title = ", "no TOML"),
        ('summary = ""\nquestions = []', "title"),
        (
            'title = "T"\nsummary = ""\nquestions = []\ncolour = 1',
            "colour: is no key that we know; remove it; there are title",
        ),
        ('title = "T"\nsumary = ""\nquestions = []', "sumary: is no key that we know; did you mean summary\\?"),
        (
            'title = "T"\nsummary = ""\n' + ONE.replace("points", "point"),
            "a.point: is no key that we know; did you mean points",
        ),
        ('title = "T"\nsummary = ""\n' + ONE + ONE.replace("points = 1", ""), "a.points: is missing; write it"),
        ('title = "T"\nsummary = ""\n' + ONE + ONE.replace('id = "a"', ""), "question 2.id: is missing; write it"),
        ('title = "T"\nsummary = ""\n' + ONE.replace("= 1", '= "two"'), "a.points: is 'two': .* number"),
        ('title = "T"\nsummary = ""\nquestions = 3', "questions: is 3: "),
        ('title = "T"\nsummary = ""\nquestions = [4]', "question 1: is 4: "),
        (
            'title = "T"\nsummary = ""\nlimits = { cel = 1 }\n' + ONE,
            "limits.cel: is no key that we know; did you mean cell",
        ),
        ('title = "T"\nsummary = ""\n' + ONE + ONE, "two questions have this id"),
        ('title = "T"\nsummary = ""\n' + ONE + 'needs = ["z"]', "no question 'z' to need"),
        ('title = "T"\nsummary = ""\n' + ONE + 'rows = ["T9"]', "no curriculum row 'T9'"),
        ('title = "T"\nsummary = ""\n' + ONE.replace("= 1", "= 0"), "0 points"),
        ('title = "T"\nsummary = ""\n' + ONE.replace('"a"', '"not a name"'), "no Python name"),
        ('title = "T"\nsummary = ""\nlimits = {cell = "long"}\n' + ONE, "limits.cell"),
    ],
)
def test_what_is_wrong_with_a_table(toml: str, said: str, tmp_path: Path) -> None:
    """File, key and fix, in one line."""
    with pytest.raises(CourseError, match=said) as caught:
        course(tmp_path, toml).assignment("01_x")
    assert "assignment.toml" in str(caught.value) and "; " in str(caught.value)


def test_finding_the_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest folder above with assignments, or the one that the environment names."""
    (tmp_path / "assignments" / "01_x" / "public").mkdir(parents=True)
    assert find_course(tmp_path / "assignments" / "01_x" / "public").root == tmp_path
    monkeypatch.setenv("GRADER_COURSE", str(tmp_path))
    assert find_course().root == tmp_path
    with pytest.raises(UsageError, match="there are: none"):
        Course(tmp_path).assignment("01_y")


def test_the_suite_hash(tmp_path: Path) -> None:
    """It changes with any file that verdicts depend on, and not with caches."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.py").write_text("1")
    before = hash_files(tmp_path, [tmp_path / "a"])
    (tmp_path / "a" / "__pycache__").mkdir()
    (tmp_path / "a" / "__pycache__" / "x.pyc").write_text("1")
    assert hash_files(tmp_path, [tmp_path / "a"]) == before
    (tmp_path / "a" / "x.py").write_text("2")
    assert hash_files(tmp_path, [tmp_path / "a"]) != before


VARIANTS = """import torch
from dataclasses import dataclass
from grader import mistake

@mistake("M1", "Adds one", hint="Do not.")
def double(t):
    return t + one()

@mistake("M2", "Calls itself", hint="Stop.")
def double(t):
    return 0 if t == 0 else double(t - 1)

@dataclass
@mistake("M3", "Is a record", hint="No.")
@note(torch)
class double:
    t: int
"""


def test_variants_live_alone(tmp_path: Path) -> None:
    """Each has its own name and the reference's names; its source goes into notebooks without the mark."""
    (tmp_path / "double.py").write_text(VARIANTS)
    one, two, _ = load_variants(Course(TOY).assignment("01_toy"), tmp_path)
    assert (one.id, one.title, one.hint, one.name) == ("M1", "Adds one", "Do not.", "double")
    assert one.value({"one": lambda: 10})(5) == 15
    assert two.value({})(3) == 0
    assert "mistake" not in one.source and one.imports == "import torch\nfrom dataclasses import dataclass"
    cell = "@torch.no_grad()\ndef double(t):\n    return t * 2\n\n\ncheck('double')"
    replaced = f"{one.imports}\n\ndef double(t):\n    return t + one()\n\n\ncheck('double')"
    assert substitute(cell, one) == replaced


def test_variants_keep_their_decorators(tmp_path: Path) -> None:
    """A decorator that is no mark is part of the answer: in a notebook and when the mistake is replayed."""
    (tmp_path / "double.py").write_text(VARIANTS)
    *_, record = load_variants(Course(TOY).assignment("01_toy"), tmp_path)
    assert record.source == "@dataclass\n@note(torch)\nclass double:\n    t: int"
    assert record.value({"note": lambda module: lambda cls: cls})(3).t == 3


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("nothing.py", "", "there is no question 'nothing'"),
        ("double.py", "def double(t)", "no Python"),
        ("double.py", "def double(t): ...", "marked neither"),
        ("double.py", "x = 1", "neither an import nor a definition"),
        ("double.py", "@mistake('M', 'T')\ndef double(t): ...", "double.py:2: the hint of this mistake is missing"),
        ("double.py", "@mistake('M', hint='H')\ndef double(t): ...", "the title of this mistake is missing"),
        ("double.py", "@mistake('M', 'T', hint='')\ndef double(t): ...", "the hint of this mistake is empty"),
        ("double.py", "@mistake('M', 'T', hint=4)\ndef double(t): ...", "the hint of this mistake is no plain string"),
        ("double.py", "@mistake('M', 'T', hint=H)\ndef double(t): ...", "the hint of this mistake is no plain string"),
        ("double.py", "@mistake('M', 'T', 'H', 'X')\ndef double(t): ...", "more than id, title, hint"),
        ("double.py", "@mistake('M', 'T', hnt='H')\ndef double(t): ...", "more than id, title, hint"),
        ("double.py", "@alternative\ndef double(t): ...", "the title of this alternative is missing"),
        ("double.py", "@alternative('a')\n@alternative('b')\ndef double(t): ...", "two marks"),
        ("double.py", "@mistake('M', 'T', hint='H')\ndef other(t): ...", "'other' is not what the question defines"),
    ],
)
def test_what_is_wrong_with_a_variant(name: str, text: str, said: str, tmp_path: Path) -> None:
    """A file of variants that is none is the staff's fault, with its place."""
    (tmp_path / name).write_text(text)
    with pytest.raises(CourseError, match=said):
        load_variants(Course(TOY).assignment("01_toy"), tmp_path)


# ---- handouts


def test_solutions_are_taken_out() -> None:
    """Every region becomes a comment and an exception, at its own indent."""
    cell = f"class A:\n    def f(self):\n        {BEGIN}\n        secret = 1\n        {END}\n\n\ncheck('a')"
    bare = strip(cell, "a")
    assert "secret" not in bare and '        raise NotImplementedError("A")' in bare and "check('a')" in bare
    assert solutions_in(cell) == ["        secret = 1\n"]
    for torn in (f"{BEGIN}\nx = 1", f"x = 1\n{END}"):
        with pytest.raises(ValueError, match="without"):
            strip(torn, "a")


def test_what_is_taken_out_is_named() -> None:
    """Each placeholder names the function or class that it stands in; outside of these, the question."""
    region = f"{{0}}{BEGIN}\n{{0}}secret = 1\n{{0}}{END}\n"
    cell = f"def f(\n    x,\n) -> int:\n{region.format('    ')}\n\nclass A:\n    def g(self):\n{region.format(' ' * 8)}"
    named = re.findall(r'NotImplementedError\("(.*)"\)', strip(cell + "\n" + region.format(""), "q"))
    assert named == ["f", "A", "q"]


def test_the_same_source_makes_the_same_notebook() -> None:
    """The file that is built is the file that is there, to the byte."""
    path, text = build(Course(TOY), "01_toy")
    assert path.read_text(encoding="utf-8") == text == build(Course(TOY), "01_toy")[1]
    notebook = json.loads(text)
    assert notebook["metadata"]["grader"] == {"assignment": "01_toy"}
    marks = [cell["metadata"]["grader"] for cell in notebook["cells"] if "grader" in cell["metadata"]]
    assert marks[0] == {"question": "double"}
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])


def test_substitute_needs_its_name() -> None:
    """A variant of something that the cell does not define is the staff's fault."""
    with pytest.raises(CourseError, match="does not define 'g'"):
        substitute("def f(): ...", Variant("f", "g", "M", "", "", "def g(): ...", "", "here"))


# ---- pages and tables


def test_everything_of_a_student_is_text() -> None:
    """Markup in names, code, output and messages is escaped; what is no PNG is left out."""
    name = "<img src=x onerror=alert(1)>"
    one = result(student=name)
    found = grade(ASSIGNMENT, Student.named(name), one.checks)
    for html in (
        student_page(one, found, ASSIGNMENT),
        "".join(
            class_page(ASSIGNMENT, [(one, found)], Lists((Unreadable(Student.named(name), "p", name),), absent=(name,)))
        ),
    ):
        assert "<img" not in html and html.count("<script") == 1 and "<i>" not in html
        assert "&lt;img src=x onerror=alert(1)&gt;" in html
        assert "default-src 'none'" in html


def test_the_student_page_says_what_matters() -> None:
    """Points, hint, the student's own error, and nothing for staff."""
    one = result(status=F)
    html = student_page(one, grade(ASSIGNMENT, ADA, one.checks), ASSIGNMENT)
    assert "of 7 points" in html and "Does <code>x</code>" in html and "Look at &lt;b&gt;y&lt;/b&gt;" in html
    assert "ValueError: no" in html and "a note" in html and "died" in html
    assert STAFF not in html


def test_a_course_replaces_single_blocks_of_a_page(tmp_path: Path) -> None:
    """What the course's own template does not name stays as it is; one that does not render is named."""
    one = result()
    found = grade(ASSIGNMENT, ADA, one.checks)
    own = tmp_path / "student.html"
    own.write_text('{% extends "grader/student.html" %}{% block after %}<p>Ask at {{ page.title }}.</p>{% endblock %}')
    html = student_page(one, found, ASSIGNMENT, tmp_path)
    assert f"<p>Ask at {ASSIGNMENT.title}.</p>" in html
    assert html.replace(f"<p>Ask at {ASSIGNMENT.title}.</p>", "") == student_page(one, found, ASSIGNMENT)
    own.write_text("{{ page.nothing_of_that_name }}")
    with pytest.raises(CourseError, match="nothing_of_that_name"):
        student_page(one, found, ASSIGNMENT, tmp_path)
    own.write_text("{% if %}")
    with pytest.raises(CourseError, match=r"student\.html:1: TemplateSyntaxError"):
        student_page(one, found, ASSIGNMENT, tmp_path)


def test_the_class_page_counts() -> None:
    """Mean, median, rates and mistakes of a class; an empty class is a page as well."""
    rows = [(r, grade(ASSIGNMENT, r.submission.student, r.checks)) for r in (result("a"), result("b", status=F))]
    html = "".join(class_page(ASSIGNMENT, rows, Lists()))
    assert "2 × Does <code>x</code>" in html and "50 %" in html
    assert "graded" in "".join(class_page(ASSIGNMENT, [], Lists()))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("x;=1+1", "x;'=1+1"),  # where a semicolon parts cells
        ("x, -1", "x, '-1"),
        ("x|@y", "x|'@y"),
        ("x\n=1", "x\n'=1"),
        ('x;"=1', "x;\"'=1"),
        ("a-b = c", "a-b = c"),
    ],
)
def test_no_part_of_a_cell_is_a_formula_elsewhere(text: str, safe: str) -> None:
    """Spreadsheets of other locales part cells at other characters."""
    assert no_formula(text) == safe


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "＝1"])
def test_no_cell_of_the_table_is_a_formula(text: str) -> None:
    """What a spreadsheet would compute gets a quote in front."""
    assert no_formula(text) == f"'{text}"
    assert no_formula("Ada") == "Ada"


def test_limits_have_defaults() -> None:
    """An assignment that says nothing has reasonable limits."""
    assert Limits().cell < Limits().submission


# ---- what was before


def test_a_run_that_changes_nothing_leaves_no_row(book: Gradebook) -> None:
    """Each grade is kept with what it rested on, and only when one of them is another."""
    one, first = result(), book.begin_run("first")
    book.record(first, one, grade(ASSIGNMENT, ADA, one.checks))
    book.rescore(book.begin_run("second"), one, grade(ASSIGNMENT, ADA, one.checks))
    third, dearer = book.begin_run("third"), replace(ASSIGNMENT.questions[0], points=5.0)
    changed = grade(replace(ASSIGNMENT, questions=(dearer, *ASSIGNMENT.questions[1:])), ADA, one.checks)
    book.rescore(third, one, replace(changed, earned=0.0))
    book.rescore(third, one, changed)
    assert [(entry.run, entry.command, entry.grade.points) for entry in book.history("ada")] == [
        (first, "first", 7.0),
        (third, "third", 8.0),
    ]
    assert book.history("ada")[1].grade == changed


def test_decisions_are_kept_when_they_are_taken_back(book: Gradebook) -> None:
    """Who, when, what; from which run on, and until which."""
    one, two = (Decision(Kind.POINTS, "01_x", "ada", question=q, points=1.0, by="Kim") for q in "ab")
    drop = Decision(Kind.DROPPED, "01_x", question="c", reason="unclear")
    runs = [book.begin_run("") for _ in range(3)]
    book.note_decisions(runs[0], [("ada", one), ("", drop)])
    book.note_decisions(runs[1], [("ada", one), ("", drop)])
    book.note_decisions(runs[2], [("ada", two), ("", drop)])
    assert [(held.decision, held.since, held.until) for held in book.decisions_about("ada")] == [
        (one, runs[0], runs[2]),
        (drop, runs[0], None),
        (two, runs[2], None),
    ]
    assert [held.student for held in book.decisions_about("bo")] == [""]
