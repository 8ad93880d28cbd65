"""Deadlines and decisions of a course: what they do to grades, pages and tables, without running a notebook again."""

from __future__ import annotations

import csv
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cases import TOY, Case, Done, checks_in, grader, notebook_of

ALL_RIGHT, NOTHING = (json.dumps(notebook_of(Case(n, TOY.parent / n))) for n in ("all_right", "returns_none"))
DUE = datetime(2026, 10, 12, 21, 59, tzinfo=UTC)
HOUR = 3600
CLASS = {"ada": (ALL_RIGHT, -1), "ben": (NOTHING, 30), "cy": (ALL_RIGHT, 50)}  # notebook, hours after the due date
COURSE = """
timezone = "Europe/Zurich"
[late]
penalty = 10
[assignments.01_toy]
due = 2026-10-12T23:59:00
"""


class Desk:
    """A graded class, and the files of its course that a test may change."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.course, self.out = folder, folder / "course", folder / "grades"

    def write(self, decisions: str = "", course: str = COURSE) -> Desk:
        (self.course / "course.toml").write_text(course, encoding="utf-8")
        (self.course / "decisions.toml").write_text(decisions, encoding="utf-8")
        return self

    def run(self, *words: object) -> Done:
        return grader("run", self.folder / "class", "--out", self.out, *words, course=self.course)

    def score(self, *words: object) -> Done:
        return grader("score", "--out", self.out, *words, course=self.course)

    def grades(self) -> dict[str, dict[str, Any]]:
        """By student, scored as the course's files are now."""
        done = self.score("--json")
        assert done.returncode in (0, 3), done.stderr
        return {grade["student"]["name"]: grade for grade in json.loads(done.stdout)["grades"]}

    def table(self) -> dict[str, dict[str, str]]:
        with (self.out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
            return {row["student"]: row for row in csv.DictReader(file)}

    def page(self, student: str) -> str:
        return next((self.out / "students").glob(f"{student}-*.html")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Graded once, without deadlines; nobody writes here."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(TOY, folder / "course")
    for name, (notebook, hours) in CLASS.items():
        path = folder / "class" / name / "notebook.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(notebook, encoding="utf-8")
        moment = DUE.timestamp() + hours * HOUR
        os.utime(path, (moment, moment))
    assert Desk(folder).run().returncode == 0
    return folder


@pytest.fixture
def desk(graded: Path, tmp_path: Path) -> Desk:
    return Desk(shutil.copytree(graded, tmp_path / "desk"))


def earned(desk: Desk) -> dict[str, float]:
    return {name: grade["earned"] for name, grade in desk.grades().items()}


def test_a_deadline_runs_nothing_again(desk: Desk) -> None:
    """Late days cost what the course says; the page has the sum, the reason and whose word the time is."""
    assert earned(desk) == {"ada": 10.0, "ben": 8.0, "cy": 10.0}
    ran = checks_in(desk.out / "gradebook.db")
    assert earned(desk.write()) == {"ada": 10.0, "ben": 6.0, "cy": 7.0}
    assert checks_in(desk.out / "gradebook.db") == ran
    page = desk.page("cy")
    assert "3 days late: 10 % of all points for each day." in page and "−3" in page
    assert "Due 12 October 2026, 23:59 (Europe/Zurich); handed in 15 October 2026, 01:59" in page
    assert "by the file&#39;s own time" in page
    assert earned(desk.write(course="")) == {"ada": 10.0, "ben": 8.0, "cy": 10.0}


def mark_beyond(course: Path, *ids: str) -> None:
    """Say in the assignment's table that some questions are for the willing."""
    table = course / "assignments" / "01_toy" / "assignment.toml"
    text = table.read_text(encoding="utf-8")
    for id in ids:
        text = text.replace(f'id = "{id}"\n', f'id = "{id}"\nbeyond = true\n')
    table.write_text(text, encoding="utf-8")


def test_what_is_asked_this_term(desk: Desk) -> None:
    """Questions that are not asked count nowhere, run nothing again, and are back when they are asked again."""
    mark_beyond(desk.course, "double", "rows_of_file")
    assert earned(desk.write(course="")) == {"ada": 10.0, "ben": 8.0, "cy": 10.0}
    ran = checks_in(desk.out / "gradebook.db")
    desk.write(course='[assignments.01_toy]\nonly = ["core"]\n')
    grades = desk.grades()
    assert {name: (one["earned"], one["points"]) for name, one in grades.items()} == {
        "ada": (6.0, 6.0),
        "ben": (4.0, 6.0),
        "cy": (6.0, 6.0),
    }
    whole = (desk.out / "class-01_toy.html").read_text(encoding="utf-8")
    assert "Rows of a file" not in desk.page("ada") + whole
    assert "rows_of_file" not in "".join(desk.table()["ada"])
    assert desk.run().returncode == 0 and checks_in(desk.out / "gradebook.db") == ran
    assert earned(desk.write(course='[assignments.01_toy]\nonly = ["core", "beyond"]\n'))["ada"] == 10.0


def test_one_notebook_in_two_sittings(desk: Desk) -> None:
    """Each has a date, points and pages of its own; which one a hand-in is for, the instructor says."""
    table = desk.course / "assignments" / "01_toy" / "assignment.toml"
    parts = '\n[[parts]]\ntitle = "Numbers"\ntime = "1 h"\n\n[[parts]]\ntitle = "Shapes"\ntime = "1 h"\n'
    text = table.read_text(encoding="utf-8").replace("\n[limits]", f"{parts}\n[limits]")
    for id in ("flatten_images", "rows_of_file"):
        text = text.replace(f'id = "{id}"\n', f'id = "{id}"\npart = 2\n')
    table.write_text(text, encoding="utf-8")
    first = '[assignments.01_toy_1]\nof = "01_toy"\nparts = [1]\ndue = 2026-10-12T23:59:00\n'
    second = first.replace("01_toy_1", "01_toy_2").replace("[1]", "[2]").replace("10-12", "11-12")
    desk.write(course=f'timezone = "Europe/Zurich"\n[late]\npenalty = 50\n{first}{second}')
    done = desk.run("--out", desk.folder / "parts")
    assert done.returncode == 3 and "part by part" in done.stderr + done.stdout
    for sitting in ("01_toy_1", "01_toy_2"):
        assert desk.run("--assignment", sitting, "--out", desk.folder / "parts").returncode == 0
    desk.out = desk.folder / "parts"
    done = desk.score("--json")
    grades = {
        (g["assignment"], g["student"]["name"]): (g["earned"], g["points"]) for g in json.loads(done.stdout)["grades"]
    }
    assert grades == {
        ("01_toy_1", "ada"): (6.0, 6.0),
        ("01_toy_1", "ben"): (0.0, 6.0),  # two days late
        ("01_toy_1", "cy"): (0.0, 6.0),
        ("01_toy_2", "ada"): (4.0, 4.0),
        ("01_toy_2", "ben"): (2.0, 4.0),
        ("01_toy_2", "cy"): (4.0, 4.0),
    }


def test_a_decision_about_what_is_not_asked(desk: Desk) -> None:
    """It stays in the file, and does nothing."""
    mark_beyond(desk.course, "double")
    decision = "[[points]]\nstudent = 'ben'\nassignment = '01_toy'\nquestion = 'double'\npoints = 1\nreason = 'x'\n"
    core = '[assignments.01_toy]\nonly = ["core"]\n'
    assert earned(desk.write(decision, core)) == earned(desk.write("", core))


DECISIONS = """
[[points]]
student = "ben"
assignment = "01_toy"
question = "double"
points = 1.5
reason = "Right for whole numbers."
by = "Kim"
on = 2026-11-02

[[points]]
student = "ada"
assignment = "01_toy"
question = "root"
check = "test_values"
points = 0
reason = "Looked up."

[[extension]]
student = "cy"
assignment = "01_toy"
extra = "2 days"
reason = "Was ill."
by = "Kim"

[[comment]]
student = "cy"
assignment = "01_toy"
text = "**Well done**, <b>cy</b>"

[[comment]]
student = "cy"
assignment = "01_toy"
question = "double"
text = "Shorter: `t * 2`"

[[dropped]]
assignment = "01_toy"
question = "flatten_images"
reason = "The task was wrong."

[[given]]
assignment = "01_toy"
question = "mean_of"
reason = "The data were wrong."

[[exemption]]
student = "ada"
assignment = "01_toy"
reason = "Has passed it last year."
"""


def test_decisions_take_the_place_of_what_was_earned(desk: Desk) -> None:
    """Points of a question and of a check, a question dropped and one given, another deadline, an exemption."""
    grades = desk.write(DECISIONS).grades()
    found = {name: (one["earned"], one["points"], one["status"]) for name, one in grades.items()}
    assert found == {"ada": (6.0, 8.0, "excused"), "ben": (5.9, 8.0, "partial"), "cy": (7.2, 8.0, "partial")}
    table = desk.table()
    assert [table[who]["points"] for who in found] == ["6", "5.9", "7.2"]
    ben = [(one["cause"], one["points"], one["question"], one["by"]) for one in grades["ben"]["adjustments"]]
    assert ben == [
        ("points", -0.5, "double", "Kim"),
        ("given", 0.0, "mean_of", ""),
        ("dropped", 0.0, "flatten_images", ""),
        ("late", -1.6, "", ""),
    ]


def test_a_page_says_who_decided_what(desk: Desk) -> None:
    """Decisions are a person's, comments are Markdown without markup, and the sum can be done by hand."""
    desk.write(DECISIONS).run()
    ben, cy, ada = map(desk.page, ("ben", "cy", "ada"))
    assert "The checks alone give 2." in ben and "Decided by a person: −0.5." in ben
    assert "Right for whole numbers." in ben and "Kim, 2 November 2026" in ben
    assert "does not count" in ben and "The task was wrong." in ben
    assert "<strong>Well done</strong>, &lt;b&gt;cy&lt;/b&gt;" in cy and "Shorter: <code>t * 2</code>" in cy
    assert "Was ill. (Kim)" in cy and "Due 14 October 2026, 23:59" in cy
    assert "This assignment does not count for you: Has passed it last year." in ada
    assert "All questions" in ben and '<td class="num">7.5</td>' in ben and "<b>5.9</b> of 8" in ben


def test_decisions_survive_a_regrade(desk: Desk) -> None:
    """Graded again, by a suite that was changed, they still hold; taken back, all is as it was."""
    before = {name: grade["adjustments"] for name, grade in desk.write(DECISIONS).grades().items()}
    suite = desk.course / "tests" / "hidden" / "01_toy" / "test_double.py"
    suite.write_text(suite.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "asked again: double of 01_toy" in desk.run().stdout
    assert {name: grade["adjustments"] for name, grade in desk.grades().items()} == before
    assert earned(desk.write(course="")) == {"ada": 10.0, "ben": 8.0, "cy": 10.0}


def entry(kind: str = "points", **keys: str) -> str:
    """An entry with these keys in the place of good ones; one that is "" is left out."""
    good = {"student": '"ben"', "assignment": '"01_toy"', "question": '"double"', "points": "1", "reason": '"so"'}
    lines = [f"{key} = {value}" for key, value in (good | keys).items() if value]
    return f"# a comment\n[[{kind}]]\n" + "\n".join(lines) + "\n"


FAULTS = {
    entry("pionts"): "decisions.toml: pionts: is no kind of decision; did you mean points?",
    entry().replace("[[points]]", "[points]"): "points: is no list of entries; write [[points]] above each entry",
    entry(reason=""): "line 2: reason: is missing; write why",
    entry(reason="3"): "line 2: reason: is 3; write a text",
    entry(student=""): "line 2: student: is missing",
    entry(student="true"): "line 2: student: is true; write a text",
    entry(points='"2"'): "line 2: points: is '2'; write a number",
    entry(points="-1"): "line 2: points: is -1; write a number, 0 or more",
    entry(points="1.234"): "line 2: points: is 1.234; write hundredths at most",
    entry(points="nan"): "line 2: points: is nan",
    entry(pionts="1"): "line 2: pionts: is no key that we know; did you mean points?",
    entry(due="2026-10-12"): "line 2: due: is no key that we know",
    entry(on='"yesterday"'): "line 2: on: is 'yesterday'; write a day",
    entry() + entry(points="2"): "line 9: decides what is decided already; remove it, or the entry in",
    entry("comment", points="", text=""): "line 2: text: is missing; write the comment",
    entry("extension", question="", points=""): "line 2: says nothing about the deadline; write due =",
    entry("extension", student="", question="", points="", excused="true"): "line 2: is about nobody; write one",
    entry("extension", question="", points="", section='"A"', excused="true"): "line 2: names a student and a section",
    entry(
        "extension", question="", points="", due="2026-10-12", extra='"2 days"'
    ): "line 2: extra: stands beside `due`",
    entry("extension", question="", points="", extra='"two days"'): "line 2: extra: is 'two days'; write it as",
    entry("extension", question="", points="", excused='"yes"'): "line 2: excused: is 'yes'; write true or false",
    entry("handed", question="", points="", at='"12/10"'): "line 2: at: is '12/10'; write a date and time",
    "\n".join(
        entry("dropped", student="", points="", question=f'"{one}"')
        for one in ("double", "root", "mean_of", "flatten_images", "rows_of_file")
    ): "leaves no question that counts; excuse students instead",
    entry().replace("=", ":"): "no TOML",
    "points = [{ student = 3 }]": "[[points]] number 1: assignment: is missing",
}


@pytest.fixture(scope="module")
def decided(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A class that was scored with decisions; for runs that write nothing."""
    desk = Desk(shutil.copytree(graded, tmp_path_factory.mktemp("decided") / "desk"))
    assert desk.write(DECISIONS.partition("[[dropped]]")[0]).run().returncode == 0
    return desk


def written(desk: Desk) -> dict[Path, bytes]:
    """All results but SQLite's own notes beside the gradebook."""
    return {path: path.read_bytes() for path in desk.out.rglob("*") if path.suffix in (".db", ".html", ".csv")}


@pytest.mark.parametrize("text", FAULTS, ids=range(len(FAULTS)))
def test_a_typing_error_is_one_line_and_nothing_is_written(text: str, decided: Desk) -> None:
    """Where it is and what to do; gradebook, pages and tables stay as they are, though other entries are right."""
    desk, before = decided, written(decided)
    good = (
        ""
        if "line" in FAULTS[text] or "number" in FAULTS[text] or "above" in FAULTS[text]
        else entry(question='"root"')
    )
    done = desk.write(text + good).run()
    assert done.returncode == 2
    assert FAULTS[text] in done.stderr and done.stderr.startswith(f"grader: {desk.course / 'decisions.toml'}: ")
    assert written(desk) == before


def test_all_typing_errors_are_named_at_once(desk: Desk) -> None:
    """One line each, from every part of the file and from `course.toml` likewise."""
    three = entry(reason="") + entry("comment", points="", text="3") + entry("pionts")
    done = desk.write(three).run()
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 3)
    done = desk.write(course="titel = 1\n[late]\npenalty = 'ten'").run()
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 2)


MISFITS = {
    entry(points="20"): "line 2: points: are 20, so this decision does not hold; the question has 2",
    entry(assignment='"01_tyo"'): "assignment: there is no '01_tyo', so this decision does not hold; did you",
    entry(question='"doubel"'): "line 2: question: there is no 'doubel', so this decision does not hold; did you mean",
    entry(check='"test_vlaues"'): "line 2: check: there is no 'test_vlaues', so this decision does not hold; did you",
    entry("rubric", points="", lines='["a"]'): "line 2: question: double has no rubric, so this decision does not hold",
    entry("dropped", student="", points="", question='"gone"'): "line 2: question: there is no 'gone'",
}


@pytest.mark.parametrize("text", MISFITS, ids=range(len(MISFITS)))
def test_what_does_not_fit_the_course_is_named_and_the_rest_goes_on(text: str, decided: Desk) -> None:
    """It holds for nobody; grades and all other decisions are as without it, and the run asks for a person."""
    good = entry(student='"cy"', question='"root"', points="0")
    without, due = earned(decided.write()), earned(decided.write(good))
    assert due["cy"] < without["cy"]
    done = decided.write(text + good).score()
    assert done.returncode == 3
    assert sum(MISFITS[text] in line for line in done.stdout.splitlines()) == 1
    assert earned(decided) == due
    done = decide(decided, "ada", "01_toy", "double", "--points", "1", "--reason", "so")
    assert done.returncode == 0, "what does not fit keeps nobody from deciding"
    assert text in decisions(decided)


def test_a_question_that_was_removed(desk: Desk) -> None:
    """Decisions about it do not stop the class; put back, they hold again."""
    desk.write(entry(question='"rows_of_file"', points="0"), course="")
    assert earned(desk)["ben"] == 6.0
    table = desk.course / "assignments" / "01_toy" / "assignment.toml"
    whole = table.read_text(encoding="utf-8")
    head, *questions = whole.split("[[questions]]")
    kept = [one for one in questions if '"rows_of_file"' not in one.partition("title")[0]]
    table.write_text("[[questions]]".join([head, *kept]), encoding="utf-8")
    done = desk.score()
    assert done.returncode == 3
    assert "question: there is no 'rows_of_file', so this decision does not hold" in done.stdout
    assert {grade["points"] for grade in desk.grades().values()} == {8.0}
    table.write_text(whole, encoding="utf-8")
    assert desk.score().returncode == 0 and earned(desk)["ben"] == 6.0


def test_who_is_not_known_yet_is_said(desk: Desk) -> None:
    """An extension for somebody who has handed in nothing waits; a typing error in a name is seen the same way."""
    done = desk.write(entry("extension", student='"cyy"', question="", points="", extra='"3 days"')).run()
    assert done.returncode == 3
    assert "line 2: student: nobody is 'cyy'; " in done.stdout
    roster = "id,name\n1,ada\n2,ben\n3,cy\n"
    (desk.course / "roster.csv").write_text(roster, encoding="utf-8")
    assert desk.run().returncode == 2
    desk.write(entry("extension", student="3", question="", points="", extra='"3 days"'))
    assert earned(desk) == {"ada": 10.0, "ben": 6.0, "cy": 10.0}
    roster = "id,name,section\n1,ada,A\n2,ben,B\n3,cy,A\n"
    (desk.course / "roster.csv").write_text(roster, encoding="utf-8")
    section = entry("extension", student="", section='"B"', question="", points="", extra='"3 days"')
    assert earned(desk.write(section)) == {"ada": 10.0, "ben": 8.0, "cy": 7.0}
    done = desk.write(section.replace('"B"', '"C"')).run()
    assert (done.returncode, "nobody is in 'C'; there are A, B" in done.stderr) == (2, True)


def test_who_may_be_two_is_told_apart(desk: Desk) -> None:
    """A name that two people have is nobody's; both are named with what tells them apart."""
    (desk.course / "roster.csv").write_text("id,name,login\n1,ada,ab\n2,ben,bc\n3,cy,cd\n4,ben,be\n", encoding="utf-8")
    done = desk.write(entry()).run()
    assert done.returncode == 2
    assert (
        "student: 'ben' may be ben (2) and ben (4) and ben (ben); write the id of the one who is meant" in done.stderr
    )


# ---- grader decide


def decide(desk: Desk, *words: object, by: str = "Kim") -> Done:
    return grader("decide", *words, "--by", by, "--out", desk.out, course=desk.course)


def decisions(desk: Desk) -> str:
    return (desk.course / "decisions.toml").read_text(encoding="utf-8")


def test_a_decision_is_written_and_holds(desk: Desk) -> None:
    """Each kind by a command; the file reads as if it were written by hand."""
    (desk.course / "course.toml").write_text(COURSE, encoding="utf-8")
    for words in (
        ("ben", "01_toy", "double", "--points", "1.5", "--reason", "Right for whole numbers."),
        ("ada", "01_toy", "root", "--check", "test_values", "--points", "0", "--reason", "Looked up."),
        ("cy", "01_toy", "--extra", "2 days", "--reason", "Was ill."),
        ("cy", "01_toy", "--comment", "**Well done**\n\n- so"),
        ("all", "01_toy", "flatten_images", "--drop", "--reason", "The task was wrong."),
        ("all", "01_toy", "mean_of", "--give", "--reason", "The data were wrong."),
        ("ada", "01_toy", "--exempt"),
    ):
        done = decide(desk, *words)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert earned(desk) == {"ada": 6.0, "ben": 5.9, "cy": 7.2}
    entry = decisions(desk).partition("\n\n")[2].partition("\n\n")[0]
    today = datetime.now().date()
    lines = entry.splitlines()
    assert lines[:6] == [
        "[[points]]",
        'student = "ben"',
        'assignment = "01_toy"',
        'question = "double"',
        "points = 1.5",
        'reason = "Right for whole numbers."',
    ]
    assert lines[6:8] == ['by = "Kim"', f"on = {today}"] and lines[8].startswith('answer = "')
    assert "<strong>Well done</strong>" in desk.page("cy")


def test_another_decision_takes_the_place_of_one(desk: Desk) -> None:
    """Comments of the file, its order and the other entries stay as they were."""
    ours = (
        "# our rules\n\n[[points]]  # first\nstudent = 'ben' # a repeater\nassignment = '01_toy'\nquestion = 'double'\n"
        "points = 1\nreason = '''so\n[[points]]\n'''\n# about cy\n\n[[comment]]\nstudent = 'cy'\n"
        "assignment = '01_toy'\ntext = 'x'\n\n[[points]]\nstudent = 'cy'\nassignment = '01_toy'\nquestion = 'root'\n"
        "points = 1\nreason = 'so'"
    )
    desk.write(ours)
    done = decide(desk, "ben", "01_toy", "double", "--points", "2", "--reason", "now so", by="Lee")
    assert (done.returncode, "line 3: [[points]] written; another one was there" in done.stdout) == (0, True)
    text = decisions(desk)
    assert text.startswith("# our rules\n\n[[points]]  # first\nstudent = 'ben' # a repeater\n")
    assert 'points = 2.0\nreason = "now so"\nby = "Lee"\n' in text
    assert text.endswith(ours[ours.index("\n# about cy") :])
    done = decide(desk, "cy", "01_toy", "--comment", "another")
    assert decisions(desk).count("[[comment]]") == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bne", "01_toy", "double", "--points", "1", "--reason", "so"), "nobody is 'bne'; did you mean ben?"),
        (("ben", "01_tyo", "double", "--points", "1", "--reason", "so"), "there is no '01_tyo'; did you mean 01_toy?"),
        (
            ("ben", "01_toy", "doubel", "--points", "1", "--reason", "so"),
            "question: there is no 'doubel'; did you mean",
        ),
        (("ben", "01_toy", "double", "--points", "3", "--reason", "so"), "points: are 3; the question has 2"),
        (("ben", "01_toy", "double", "--points", "1"), "reason: is missing; write why"),
        (("ben", "01_toy", "--points", "1", "--reason", "so"), "question: is missing"),
        (("ben", "01_toy", "double", "--drop", "--reason", "so"), "about everybody: write `all` in the place of ben"),
        (("ben", "01_toy", "--due", "soon"), "--due soon: write a date as 2026-10-12"),
        (("ben", "01_toy", "--extra", "soon"), "extra: is 'soon'; write it as"),
        (("ben", "01_toy"), "say one thing at a time"),
        (("ben", "01_toy", "--exempt", "--comment", "x"), "say one thing at a time"),
        (("all", "01_toy", "--extra", "2 days"), "it is about nobody"),
    ],
)
def test_a_wrong_decision_writes_nothing(words: tuple[str, ...], said: str, decided: Desk) -> None:
    """One line that says what to type."""
    before = decided.write(DECISIONS) and decisions(decided)
    done = decide(decided, *words)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert said in done.stderr and decisions(decided) == before
    assert not list(decided.course.glob(".decisions*"))


def test_undo(desk: Desk) -> None:
    """The last decision about it is taken out, and no other; the history keeps that it held."""
    desk.write("# our rules\n", course="")
    for words in (
        ("ben", "01_toy", "double", "--points", "1", "--reason", "half"),
        ("cy", "01_toy", "double", "--points", "0.5", "--reason", "copied"),
        ("ben", "01_toy", "--comment", "Come and see me."),
        ("all", "01_toy", "root", "--drop", "--reason", "unclear"),
    ):
        assert decide(desk, *words).returncode == 0
    assert earned(desk) == {"ada": 8.0, "ben": 5.0, "cy": 6.5}
    before = decisions(desk)
    done = decide(desk, "ben", "01_toy", "double", "--undo")
    assert done.returncode == 0 and "[[points]] taken out: double, 1 points, half" in done.stdout
    assert "grader score" in done.stdout
    assert decisions(desk).startswith("# our rules\n") and "half" not in decisions(desk)
    assert len(before.splitlines()) - len(decisions(desk).splitlines()) == 10
    assert earned(desk) == {"ada": 8.0, "ben": 6.0, "cy": 6.5}
    assert decide(desk, "all", "01_toy", "--undo").returncode == 0
    assert earned(desk) == {"ada": 10.0, "ben": 8.0, "cy": 8.5}
    assert decide(desk, "ben", "01_toy", "--undo").returncode == 0, "the comment"
    for words in (("ben", "01_toy"), ("cy", "01_toy", "root"), ("all", "01_toy")):
        done = decide(desk, *words, "--undo")
        assert (done.returncode, "nothing like that is decided" in done.stderr) == (2, True)
    assert "copied" in decisions(desk)
    done = decide(desk, "cy", "01_toy", "double", "--undo", "--points", "1")
    assert (done.returncode, "say one thing at a time" in done.stderr) == (2, True)
    history = grader("history", "ben", "--out", desk.out, course=desk.course).stdout
    assert "half" in history and "Come and see me." in history


def test_the_last_of_several_is_taken_out(desk: Desk) -> None:
    """By the day on which it was decided, then by its place in the file; also what does not fit any more."""
    day = "2026-11-0"
    desk.write(
        entry(on=f"{day}2", points="0") + entry("comment", points="", reason="", text='"A"', on=f"{day}3")
        + entry("comment", points="", reason="", text='"B"', on=f"{day}3") + entry(question='"gone"', on=f"{day}1"),
        course="",
    )  # fmt: skip
    for text in ('"B"', '"A"', "points = 0"):
        assert text in decisions(desk)
        assert decide(desk, "ben", "01_toy", "double", "--undo").returncode == 0
        assert text not in decisions(desk)
    assert decide(desk, "ben", "01_toy", "gone", "--undo").returncode == 0
    assert "[[" not in decisions(desk)


def test_a_file_with_faults_is_not_written_to(decided: Desk) -> None:
    """Its faults are named in the place of the command's doing."""
    decided.write(entry(reason=""))
    done = decide(decided, "ben", "01_toy", "double", "--points", "1", "--reason", "so")
    assert (done.returncode, "line 2: reason: is missing" in done.stderr) == (2, True)
    assert decisions(decided) == entry(reason="")


def test_a_changed_answer_is_listed(desk: Desk) -> None:
    """A decision about an answer that is another now still holds, and a person is asked to look again."""
    desk.write(course="")
    decide(desk, "ben", "01_toy", "double", "--points", "1", "--reason", "so")
    assert desk.run().returncode == 0
    notebook = desk.folder / "class" / "ben" / "notebook.ipynb"
    notebook.write_text(NOTHING.replace("return t * 2", "return t + t"), encoding="utf-8")
    done = desk.run()
    assert done.returncode == 3
    assert "line 3: the answer of ben to double has changed since it was decided" in " ".join(done.stdout.split())
    assert earned(desk)["ben"] == 7.0
    decide(desk, "ben", "01_toy", "double", "--points", "1", "--reason", "so")
    assert desk.run().returncode == 0


# ---- grader score, grader history


def test_scoring_says_who_moved_and_why(desk: Desk) -> None:
    """Without the files that were handed in, and without running anything."""
    shutil.rmtree(desk.folder / "class")
    done = desk.write(DECISIONS).score()
    said = done.stdout
    assert done.returncode == 0, said + done.stderr
    assert "moved: cy 01_toy: 10/10 to 7.2/8 (−2.8: flatten_images −2 (counts for nobody), lateness −0.8, " in said
    assert "mean_of (given to everybody))" in said
    assert [line.split()[-1] for line in said.splitlines() if line.startswith("ada  ")] == ["excused"]
    assert "moved: " not in desk.score().stdout
    (desk.out / "gradebook.db").unlink()
    done = desk.score()
    assert (done.returncode, "grade a class first" in done.stderr) == (2, True)


def past(desk: Desk, student: str, *words: str) -> list[str]:
    done = grader("history", student, "--out", desk.out, *words, course=desk.course)
    assert done.returncode == 0, done.stderr
    return [" ".join(line.split()) for line in done.stdout.splitlines()]


def test_history_says_what_was_before_and_why(desk: Desk) -> None:
    """Each run that changed something, with the reason: deadline, decision, points, another notebook; and decisions."""
    desk.write().score()
    desk.write(entry(question='"flatten_images"', by='"Kim"', on="2026-11-02", points="2")).score()
    table = desk.course / "assignments" / "01_toy" / "assignment.toml"
    table.write_text(table.read_text(encoding="utf-8").replace("points = 2", "points = 3", 1), encoding="utf-8")
    desk.score()
    desk.write(entry(question='"root"', points="0", by='"Lee"')).score()
    desk.score()
    notebook = desk.folder / "class" / "ben" / "notebook.ipynb"
    notebook.write_text(ALL_RIGHT, encoding="utf-8")
    os.utime(notebook, (DUE.timestamp(), DUE.timestamp()))
    desk.run()
    lines = past(desk, "ben")
    grades = [line.partition(":")[2][3:] for line in lines if line.startswith("01_toy")]
    assert grades == [
        "8/10 graded first",
        "6/10 −2 lateness −2: 2 days late: 10 % of all points for each day.",
        "8/10 +2 flatten_images +2 (decided): Kim: so",
        "8.8/11 +0.8 double +1 (worth 3 now); lateness −0.2",
        "4.8/11 −4 root −2 (decided): Lee: so; flatten_images −2 (decided no more): Kim: so",
        "9/11 +4.2 another notebook; flatten_images +2; "
        "lateness no more +2.2: 2 days late: 10 % of all points for each day.",
    ]
    assert [line for line in lines if line.startswith("decision")] == [
        "decision, from run 3 until run 5: points 01_toy flatten_images 2 points “so” (Kim 2026-11-02)",
        "decision, from run 5: points 01_toy root 0 points “so” (Lee)",
    ]
    told = json.loads("\n".join(past(desk, "ben", "--json")))
    assert [one["grade"]["earned"] for one in told["grades"]] == [8.0, 6.0, 8.0, 8.8, 4.8, 9.0]
    assert next(line for line in past(desk, "cy") if line.startswith("01_toy")).endswith("10/10 graded first")


@pytest.mark.parametrize(("student", "said"), [("bne", "did you mean ben?"), ("ben", "there is no such gradebook")])
def test_whose_history_there_is_none(student: str, said: str, decided: Desk) -> None:
    """One line."""
    out = decided.out if student == "bne" else decided.folder / "nowhere"
    done = grader("history", student, "--out", out, course=decided.write().course)
    assert (done.returncode, said in done.stderr, len(done.stderr.splitlines())) == (2, True, 1)


# ---- several attempts


def test_what_came_after_the_last_date_takes_no_place(desk: Desk) -> None:
    """A notebook that is handed in again too late costs nothing: the last one in time counts; the page says so."""
    closes = f"{COURSE}closes = 2026-10-14T00:00:00\n"
    folder = desk.folder / "class" / "ada"
    for name, notebook, hours in (("b", NOTHING, 20), ("c", ALL_RIGHT, 100)):
        (folder / f"{name}.ipynb").write_text(notebook, encoding="utf-8")
        moment = DUE.timestamp() + hours * HOUR
        os.utime(folder / f"{name}.ipynb", (moment, moment))
    done = desk.write(course=closes).run("--json")
    grades = {grade["student"]["name"]: grade for grade in json.loads(done.stdout)["grades"]}
    assert grades["ada"]["earned"] == 7.0, "b, one day late"
    assert (grades["ben"]["earned"], grades["cy"]["earned"]) == (0.0, 0.0), "their only one came too late"
    assert "c.ipynb was handed in after the last date; b.ipynb counts." in desk.page("ada")
    assert "Handed in after the last date: nothing counts any more." in desk.page("cy")
    more = entry("extension", student='"ada"', question="", points="", extra='"5 days"')
    desk.write(more, closes).run()
    assert earned(desk)["ada"] == 10.0
    done = grader(
        "run", desk.folder / "class", "--out", desk.out, "--attempt", "best", course=desk.write(course=closes).course
    )
    assert earned(desk)["ada"] == 10.0, "the first one, in time"


def test_a_page_of_points_has_comments_too(desk: Desk) -> None:
    """Whatever the page leaves out, what a person wrote to the student is on it, under the question's title."""
    desk.write(DECISIONS, f"{COURSE}feedback.level = 'score'\n").score()
    page = desk.page("cy")
    assert "<b>Double</b><p>Shorter: <code>t * 2</code></p>" in page and "<strong>Well done</strong>" in page
    assert 'class="pts"' not in page and "<b>7.2</b> of 8" in page
