"""`course.toml`: what each key means, and what is said of each kind of typing error."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.course.catalog import Course
from grader.course.settings import settings_of
from grader.desk.blocks import added, changed, for_another
from grader.desk.reading import FORMS, decisions_in
from grader.errors import FileFaults
from grader.records import Attempt, Basis, FeedbackLevel, Kind, Late, Per, Settings, Span, Terms

ROOT = Path(__file__).parents[2]
WHOLE = """
title = "Deep learning"
timezone = "Europe/Zurich"
requirements = ["tqdm>=4"]
roster = "lists/class.csv"
decisions = "lists/decisions.toml"
groups = "lists/teams.csv"
attempt = "best"
board = true

[late]
grace = "15 min"
penalty = 12.5
per = "hour"
of = "earned"
cap = 50
closes = "1 week"
budget = 3

[feedback]
level = "hints"
release = 2026-10-20

[assignments.01_a]
due = 2026-10-12T23:59:00
closes = 2026-10-26T00:00:00Z
weight = 2.5
late = { penalty = 20, per = "day" }
feedback = { level = "score" }

[assignments.02_b]
due = 2026-10-25T02:30:00
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    for name in ("01_a", "02_b", "03_c"):
        (tmp_path / "assignments" / name).mkdir(parents=True)
        (tmp_path / "assignments" / name / "assignment.toml").write_text(ASKED)
    (tmp_path / "lists").mkdir()
    for name in ("class.csv", "teams.csv"):
        (tmp_path / "lists" / name).touch()
    return Course(tmp_path)


def read(course: Course, text: str) -> Settings:
    (course.root / "course.toml").write_text(text, encoding="utf-8")
    return settings_of(course)


def test_every_key_is_read(course: Course) -> None:
    """Each key has its place; what an assignment does not say is as for the course."""
    found, root = read(course, WHOLE), course.root
    assert (found.title, found.zone, found.requirements) == ("Deep learning", "Europe/Zurich", ("tqdm>=4",))
    assert (found.roster, found.groups) == (root / "lists" / "class.csv", root / "lists" / "teams.csv")
    assert (found.decisions, found.attempt) == (root / "lists" / "decisions.toml", Attempt.BEST)
    assert found.board and not settings_of(Course(root / "nowhere")).board
    late = Late(Span(minutes=15), 12.5, Per.HOUR, Basis.EARNED, 50.0, Span(days=7), 3)
    assert found.late == late
    one, two, three = map(found.of, course.ids())
    assert one.due == datetime(2026, 10, 12, 21, 59, tzinfo=UTC)
    assert one.closes == datetime(2026, 10, 26, tzinfo=UTC)
    assert one.late == Late(Span(minutes=15), 20.0, Per.DAY, Basis.EARNED, 50.0, Span(days=7), 3)
    assert (one.weight, one.feedback.level) == (2.5, FeedbackLevel.SCORE)
    assert one.feedback.release == datetime(2026, 10, 20, 21, 59, 59, tzinfo=UTC)
    assert (two.late, two.feedback, two.weight) == (late, found.feedback, 1.0)
    assert two.due == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # the clocks show it twice: the later one
    assert three == Terms(late=late, feedback=found.feedback)


def test_without_the_file(course: Course) -> None:
    """No deadlines, and lists only where they lie under their usual names."""
    assert settings_of(course) == Settings(decisions=course.root / "decisions.toml")
    (course.root / "roster.csv").touch()
    assert settings_of(course).roster == course.root / "roster.csv"


FAULTS = {
    "titel = 'x'": "titel: is no key that we know; did you mean title?",
    "title = 3": "title: is 3; write a text",
    "timezone = 'Europe/Zurch'": "did you mean Europe/Zurich?",
    "timezone = 'zurich'": "did you mean Europe/Zurich?",
    "timezone = 'Europe'": "timezone: there is no time zone 'Europe'",
    "timezone = '../x'": "timezone: there is no time zone",
    "requirements = 3": "requirements: is 3; write a list of texts",
    "requirements = ['a b c']": "requirements: 'a b c' is no requirement",
    "roster = 'rooster.csv'": "roster: there is no file",
    "board = 'yes'": "board: is 'yes'; write true or false",
    "attempt = 'newest'": "attempt: is 'newest'; there are",
    "attempt = 'Best'": "did you mean best?",
    "late = 3": "late: is 3; write a table: [late]",
    "late.grace = 15": 'late.grace: is 15; write it as "15 min"',
    "late.grace = '15 parsecs'": "late.grace: is '15 parsecs'",
    "late.penalty = '10 %'": "late.penalty: is '10 %'; write a number from 0 to 100",
    "late.penalty = true": "late.penalty: is true; write a number",
    "late.penalty = nan": "late.penalty: is nan",
    "late.cap = 120": "late.cap: is 120; write a number from 0 to 100",
    "late.budget = 1.5": "late.budget: is 1.5; write a whole number",
    "late.budget = -1": "late.budget: is -1; write a whole number, 0 or more",
    "late.penaltyy = 1": "late.penaltyy: is no key that we know; did you mean penalty?",
    "feedback.level = 'all'": "feedback.level: is 'all'; there are full, hints, outcomes, score",
    "assignments.01_x.due = 2026-10-12": "assignments.01_x: there is no such assignment; did you mean 01_a?",
    "assignments.01_a = 3": "assignments.01_a: is 3; write a table",
    "assignments.01_a.due = '12.10.2026'": "assignments.01_a.due: is '12.10.2026'; write a date and time without",
    "assignments.01_a.due = 20261012": "assignments.01_a.due: is 20261012; write a date",
    "assignments.01_a.due = 23:59:00": "assignments.01_a.due: is 23:59:00; write a date",
    "assignments.01_a.weight = -1": "assignments.01_a.weight: is -1; write a number, 0 or more",
    "assignments.01_a.late.budget = 2": "assignments.01_a.late.budget: is no key that we know",
    "timezone = 'Europe/Zurich'\nassignments.01_a.due = 2026-03-29T02:30:00": "is left out by the clocks of Europe/",
    "[assignments.01_a]\ndue = 2026-10-12\ncloses = 2026-10-11": "assignments.01_a.closes: is before the due date",
    "assignments.01_a.only = 'core'": "assignments.01_a.only: is 'core'; write a list of texts",
    "assignments.01_a.only = ['Core']": "did you mean core?",
    "assignments.01_a.only = ['beyond']": "assignments.01_a.only: leaves out one, without which two cannot succeed",
    "assignments.01_a.parts = 1": "assignments.01_a.parts: is 1; write a list of whole numbers",
    "assignments.01_a.parts = [true]": "assignments.01_a.parts: is [True]",
    "assignments.01_a.parts = [3]": "assignments.01_a.parts: there is no part 3; there are 1, 2",
    "assignments.01_a.parts = [2]": "assignments.01_a.parts: leaves out one, without which two cannot succeed",
    "assignments.01_a = { only = ['core'], parts = [2] }": "assignments.01_a.parts: leaves no question that has checks",
    "assignments.01_c = { of = '01_b', parts = [1] }": "assignments.01_c.of: there is no assignment '01_b'; did you",
    "assignments.first = { of = '01_a', parts = [1] }": "assignments.first: is no id for a sitting",
    "assignments.01_c = { of = '01_a' }": "assignments.01_c.parts: is missing: which of them count",
    "assignments.01_c = { of = '01_a', parts = [4] }": "assignments.01_c.parts: there is no part 4; there are 1, 2",
    "assignments.01_a = { of = '02_b', parts = [1] }": "assignments.01_a.of: 01_a is an assignment itself",
    "title = ": "no TOML",
}
ASKED = """
title = "A"
summary = "Two sittings."
parts = [{ title = "One", time = "1 h" }, { title = "Two" }]
[[questions]]
id = "one"
title = "One"
section = "Numbers"
points = 1
[[questions]]
id = "two"
title = "Two"
section = "Numbers"
points = 1
part = 2
beyond = true
needs = ["one"]
"""


@pytest.mark.parametrize("text", FAULTS)
def test_what_is_wrong_is_named(course: Course, text: str) -> None:
    """File, key and cure."""
    with pytest.raises(FileFaults) as caught:
        read(course, text)
    (line,) = map(str, caught.value.faults)
    assert line.startswith(f"{course.root / 'course.toml'}: ")
    assert FAULTS[text] in line


def test_which_questions_are_asked(course: Course) -> None:
    """By kind, by part, by both; all where nothing is said."""
    a = course.assignment("01_a")
    asked = {
        "": ["one", "two"],
        "assignments.01_a.only = ['core']": ["one"],
        "assignments.01_a.only = ['core', 'beyond']": ["one", "two"],
        "assignments.01_a.parts = [1]": ["one"],
        "assignments.01_a.parts = [1, 2]": ["one", "two"],
        "assignments.02_b.parts = [1]": ["one", "two"],
    }
    for text, ids in asked.items():
        assert [question.id for question in read(course, text).asked(a).questions] == ids, text


def test_a_sitting_is_an_assignment_of_its_own(course: Course) -> None:
    """With an id, a date and the questions of its parts; its files are those of the assignment it is of."""
    settings = read(course, "assignments.01_a_2 = { of = '01_a', parts = [2], due = 2026-10-12T23:59:00Z }")
    assert course.written() == ["01_a", "02_b", "03_c"] and course.ids() == ["01_a", "01_a_2", "02_b", "03_c"]
    sitting = settings.asked(course.assignment("01_a_2"))
    assert (sitting.id, sitting.of, sitting.title) == ("01_a_2", "01_a", "A · Two")
    assert [question.id for question in sitting.questions] == ["two"]
    assert settings.of("01_a_2").due == datetime(2026, 10, 12, 23, 59, tzinfo=UTC)
    assert course.hidden("01_a_2") == course.hidden("01_a") and course.notebook("01_a_2") == course.notebook("01_a")


def test_all_faults_are_named_at_once(course: Course) -> None:
    """One line each, from everywhere in the file."""
    text = "titel = 'x'\nattempt = 'newest'\n[late]\npenalty = 'ten'\n[assignments.01_a]\ndue = 3\n"
    with pytest.raises(FileFaults) as caught:
        read(course, text)
    assert [line.where.rpartition(": ")[2] for line in caught.value.faults] == [
        "late.penalty",
        "attempt",
        "assignments.01_a.due",
        "titel",
    ]


def test_dates_with_an_offset_and_in_quotation_marks(course: Course) -> None:
    """Both are the moment that they say."""
    for text in ("2026-10-12T23:59:00+05:00", "'2026-10-12T23:59:00+05:00'"):
        found = read(course, f"assignments.01_a.due = {text}")
        assert found.of("01_a").due == datetime(2026, 10, 12, 18, 59, tzinfo=UTC)


def test_every_key_is_in_the_guide() -> None:
    """What the reader asks for stands in the guide's table, and nothing else does."""
    source = (ROOT / "grader" / "course" / "settings.py").read_text(encoding="utf-8")
    asked = set(re.findall(r'(?:table|one|_list)(?:\.\w+)?\((?:table, )?"(\w+)"', source))
    guide = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    part = guide.partition("## The course file")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    told = {key.rpartition(".")[2] for row in rows for key in re.findall(r"`([\w.]+)`", row)}
    assert asked - {"assignments"} == told


def test_what_the_guide_shows_is_read(course: Course) -> None:
    """Course files and decisions, as they stand there."""
    (course.root / "assignments" / "01_a").rename(course.root / "assignments" / "01_tensors")
    guide = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```toml\n(.*?)^```", guide, re.M | re.S)
    files = [text for text in shown if "[[" not in text]
    due = datetime(2026, 10, 12, 21, 59, tzinfo=UTC)
    dues = [{id: one.due for id, one in read(course, text).terms.items()} for text in files]
    whole = {"01_tensors": due}
    assert dues == [{"01_tensors": None}, {"01_tensors_1": due.replace(hour=23)}, whole, whole]
    entries = [text for text in shown if "[[" in text]
    found = [one for text in entries for one in decisions_in(Path("decisions.toml"), text.encode(), "UTC")]
    assert [(one.kind, one.points, one.by) for one in found] == [(Kind.POINTS, 1.5, "Kim")]


def test_every_kind_of_decision_is_in_the_guide() -> None:
    """With the keys that it has."""
    guide = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    part = guide.partition("## Decisions")[2].partition("\n## ")[0]
    for kind, form in FORMS.items():
        row = next(line for line in part.splitlines() if line.startswith("| `[[") and f"[[{kind}]]" in line)
        assert {key for key in (*form.needs, *form.may) if key not in ("answer", "reason")} <= set(
            re.findall(r"`(\w+)", row.rpartition(" | ")[2])
        )


NAMES = ["Ada # Lovelace", "Ada\nLovelace", "a\r\n[[points]]", "\x00\x7f\u2028\x85", "'\"" * 99]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("student", ["12", 'a"b\\', "x\ny", "é\x7f"])
def test_whom_an_entry_is_about_stands_behind_it(name: str, student: str) -> None:
    """As a comment of one line, whatever is in the name: the entry stays the only one, and its student who it was."""
    entry = {"student": student, "assignment": "01_a", "question": "one", "lines": ["x"]}
    alone = added("", Kind.RUBRIC, entry, {"student": name})
    other = for_another(added("", Kind.RUBRIC, entry), student, name)
    assert tomllib.loads(alone) == tomllib.loads(other) == {"rubric": [entry]}


def test_many_entries_change_as_one_would() -> None:
    """Written by us or by hand, with comments, other orders and texts that look like entries."""
    ours = [{"student": f"s{n}", "assignment": "01_a", "question": "one", "lines": ["x"]} for n in range(3)]
    text = "# top\n"
    for entry in ours:
        text = added(text, Kind.RUBRIC, entry, {"student": f"Name {entry['student']}"}) + "# between\n"
    text += "[[rubric]]\nquestion = 'one' # mine\nstudent = 's3'\nassignment = '01_a'\nlines = []\n"
    text += "[[rubric]]\nstudent = 's4'\nassignment = '01_a'\nquestion = 'one'\n"
    text += 'text = """\n[[rubric]]\nstudent = \'s0\'\n"""\n'
    new = {
        n: {"student": f"s{n}", "assignment": "01_a", "question": "one", "lines": ["y"], "by": "K"} for n in range(5)
    }
    once = changed(text, Kind.RUBRIC, new, 5)
    each = text
    for number, entry in new.items():
        each = changed(each, Kind.RUBRIC, {number: entry}, 5)
    assert once == each and tomllib.loads(once) == {"rubric": list(new.values())}
    assert once.count("# between") == 3 and "# mine" in once and "Name s2" in once
