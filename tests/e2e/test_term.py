"""A term played through by commands alone: from the class list of the first day to the file that the platform imports.

Canvas: forty people, two assignments, the second in groups; late, resubmitted, torn; decisions, a dropped question,
a corrected hidden test; and the gradebook to import, cell by cell. Moodle in short.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cases import TOY, Case, Done, grader, notebook_of
from test_mark import browser
from words import CELLS, TABLE, markdown

from grader.course.catalog import Course
from grader.course.notebooks import build
from grader.marking.serve import open_desk

RIGHT, WHOLE, NONE = (
    json.dumps(notebook_of(Case(name, TOY.parent / name)))
    for name in ("all_right", "forgets_whole_numbers", "returns_none")
)
HARD = ("Ng, Ada", "García, José", "Lee, Zoe", "Lee, Zoe", "O'Smith, Robert", "王, 小明", 'Ünal, Ayla "A"', "Öz, Ç")
FIRST, LAST = ("Ann", "Ben", "Cleo", "Dev"), ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel")
NAMES = (*HARD, *(f"{last}, {first}" for last in LAST for first in FIRST))  # as Canvas sorts them
TEAMS = 10
WRONG = '''

def test_wrong(student, reference, agree):
    """Nobody can pass this."""
    agree(student.mean_of, lambda t: reference.mean_of(t) + 1, [(torch.tensor([4.0]),), (torch.tensor([1.0, 2.0]),)])
'''
COURSE = """
title = "A term"
timezone = "Europe/Zurich"

[late]
penalty = 10

[assignments.01_toy]
due = 2024-10-12T23:59:00

[assignments.02_toy]
due = 2024-11-12T23:59:00
weight = 2
"""
# What each of the class hands in for 01_toy, by place in the list: the notebook; who is not here hands in nothing.
HANDED = {0: RIGHT, 1: RIGHT, 2: RIGHT, 3: RIGHT, 4: WHOLE, 5: NONE, 6: NONE, 7: "{"}
HANDED |= {place: (RIGHT, WHOLE, NONE)[place % 3] for place in range(14, 40, 5)}
LATE = (2, 3)
DECIDED = (  # what `grader decide` is told, by the number of the student
    (2, "01_toy", "--handed", "2024-10-14T05:00"),  # 30 hours after it was due, on the clocks of the course
    (3, "01_toy", "--handed", "2024-10-14T05:00"),
    (3, "01_toy", "--extra", "3 days", "--reason", "Ill."),
    (4, "01_toy", "double", "--points", "1.5", "--reason", "Right but for whole numbers."),
    (5, "01_toy", "flatten_images", "--points", "2", "--reason", "It is flat."),
    (6, "01_toy", "flatten_images", "--points", "0.5", "--reason", "Half the way."),
    (6, "01_toy", "--comment", "Come and *see* me."),
    (8, "01_toy", "--exempt", "--reason", "Has passed it before."),
)
TOYS = {RIGHT: 8.0, WHOLE: 6.0, NONE: 6.0}  # without `root`, which is dropped
DUE_1 = {place: f"{TOYS[text]:g}" for place, text in HANDED.items() if text != "{"}
DUE_1 |= {2: "6.4", 4: "7.5", 5: "8", 6: "6.5", 8: "EX"}
WORDS = ("Each picture is an example of its own.", "A batch has many pictures.")  # of the teams in turn
MARKS = (["batch", "layer"], ["batch"])  # the rubric's lines that hold for each
DUE_2 = {
    place: str((10, 8, 8)[team % 3] + (3, 2)[team % 2])
    for team in range(TEAMS - 2)
    for place in range(40)
    if place // 4 == team
}  # two teams hand in nothing


def canvas_id(place: int) -> int:
    return 7000 + place


def squeezed(name: str) -> str:
    """As Canvas writes a name into a file's."""
    return "".join(re.findall(r"\w", name)).lower()


def gradebook(one: Mapping[int, str], two: Mapping[int, str]) -> str:
    """Canvas's gradebook with these cells: what it exports, and what it is to import."""
    lines = ["Student,ID,SIS User ID,SIS Login ID,Section,Second Toy (902),First Toy (901),Quiz (903),Current Score"]
    lines.append("    Points Possible,,,,,13,8,5,(read only)")
    for place, name in enumerate(NAMES):
        quoted = '"' + name.replace('"', '""') + '"'
        section = "Lab A" if place % 2 else "Lab B"
        who = f"{quoted},{canvas_id(place)},{100 + place:05},user{place},{section}"
        lines.append(f"{who},{two.get(place, '')},{one.get(place, '')},{place % 6},77.5")
    lines.append('"Student, Test",7999,,f00,Lab A,,,,')
    return "\r\n".join(lines) + "\r\n"


def second_toy(course: Path) -> None:
    """A second assignment, like the first, and with a question that is answered in words."""
    for part in ("assignments", "tests/hidden", "tests/mistakes"):
        shutil.copytree(course / part / "01_toy", course / part / "02_toy")
    shutil.copy(course / "solutions" / "01_toy.py", course / "solutions" / "02_toy.py")
    for id, title in (("01_toy", "First Toy"), ("02_toy", "Second Toy")):
        table = course / "assignments" / id / "assignment.toml"
        table.write_text(table.read_text(encoding="utf-8").replace("A small assignment", title), encoding="utf-8")
    solution = course / "solutions" / "02_toy.py"
    for path, whole, end in (
        (table, TABLE, '[[questions]]\nid = "curve"'),
        (solution, CELLS, "# %% [markdown]\n# Draw"),
    ):
        path.write_text(path.read_text(encoding="utf-8") + whole.partition(end)[0], encoding="utf-8")
    handout, notebook = build(Course(course), "02_toy")
    handout.write_text(notebook, encoding="utf-8")


def of_team(team: int) -> str:
    """What a team hands in for the second assignment."""
    notebook = json.loads((RIGHT, WHOLE, NONE)[team % 3].replace("01_toy", "02_toy"))
    said = f"**Why does `flatten_images` keep the first axis?**\n\n{WORDS[team % 2]}"
    notebook["cells"].append(markdown(said, "why_rows"))
    return json.dumps(notebook)


def mark(term: Term) -> None:
    """Read what was answered, on the page that `grader mark` opens: equal answers once."""
    course = term.folder / "course"
    book, roster = term.folder / "grades" / "gradebook.db", course / "roster.csv"
    with open_desk(Course(course), "02_toy", book, "Kim", roster) as desk, browser(desk) as ask:
        piles = desk.marking.stack.piles["why_rows"]
        assert sorted(len(pile.papers) for pile in piles) == [16, 16]
        for pile in piles:
            page = ask("GET", f"/answer/why_rows/{pile.id}").text
            (which,) = (number for number, words in enumerate(WORDS) if words in page)
            assert ask("POST", f"/answer/why_rows/{pile.id}", data={"line": MARKS[which]}).status_code == 200


def zipped(path: Path, files: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


@dataclass
class Term:
    """The instructor's folder, and what the commands said."""

    folder: Path
    said: dict[str, Done] = field(default_factory=dict)

    def type(self, name: str, *words: object, due: tuple[int, ...] = (0,)) -> Done:
        """A command of the instructor's. Its folder of results is `grades`."""
        done = grader(*words, course=self.folder / "course", cwd=self.folder)
        assert done.returncode in due, done.stdout + done.stderr
        self.said[name] = done
        return done

    def table(self) -> list[dict[str, str]]:
        with (self.folder / "grades" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Term:
    """All of it, once."""
    term = Term(tmp_path_factory.mktemp("term"))
    folder, course = term.folder, shutil.copytree(TOY, term.folder / "course")
    second_toy(course)
    hidden = course / "tests" / "hidden" / "01_toy" / "test_mean_of.py"
    correct = hidden.read_text(encoding="utf-8")
    hidden.write_text(correct + WRONG, encoding="utf-8")
    (course / "course.toml").write_text(COURSE, encoding="utf-8")
    (folder / "canvas_gradebook.csv").write_bytes(("\ufeff" + gradebook({}, {})).encode())
    first = {}
    for place, text in HANDED.items():
        late = "LATE_" if place in LATE else ""
        first[f"{squeezed(NAMES[place])}_{late}{canvas_id(place)}_{50_000 + place}_toy.ipynb"] = text
    first[f"{squeezed(NAMES[1])}_{canvas_id(1)}_49999_toy.ipynb"] = NONE  # and handed in again later
    first["ghost_7777_51000_toy.ipynb"] = RIGHT
    zipped(folder / "canvas_1.zip", first)
    second = {
        f"team{team + 1}_{canvas_id(4 * team)}_{60_000 + team}_toy.ipynb": of_team(team) for team in range(TEAMS - 2)
    }
    zipped(folder / "canvas_2.zip", second)
    groups = "".join(f"Team {place // 4 + 1},{canvas_id(place)}\n" for place in range(40))
    (folder / "groups.csv").write_text(f"group,canvas\n{groups}", encoding="utf-8")

    term.type("roster", "roster", "canvas_gradebook.csv")
    term.type("first", "run", "canvas_1.zip", due=(3,))
    for number, words in enumerate(DECIDED):
        term.type(f"decide {number}", "decide", f"{100 + words[0]:05}", *words[1:], "--by", "Kim")
    term.type("drop", "decide", "all", "01_toy", "root", "--drop", "--reason", "It was unclear.", "--by", "Kim")
    hidden.write_text(correct, encoding="utf-8")
    term.type("again", "run", "canvas_1.zip", due=(3,))
    term.type("second", "run", "canvas_2.zip", "--groups", "groups.csv", due=(3,))
    term.type("too early", "export", "canvas", "canvas_gradebook.csv", "--out", "early.csv", due=(3,))
    mark(term)
    term.type("score", "score", due=(3,))
    term.type("export", "export", "canvas", "canvas_gradebook.csv", "--out", "import.csv", due=(3,))
    words = ("export", "canvas", "canvas_gradebook.csv", "--missing", "zero", "--out", "zeros.csv")
    term.type("zeros", *words, due=(3,))
    term.type("json", "export", "json", "--out", "grades.json", due=(3,))
    term.type("feedback", "feedback", "--to", "public")
    term.type("history", "history", "00104")
    return term


def test_the_file_that_canvas_imports_is_the_golden_one(term: Term) -> None:
    """Cell by cell, and byte by byte elsewhere."""
    golden = ("\ufeff" + gradebook(DUE_1, DUE_2)).encode()
    assert (term.folder / "import.csv").read_bytes() == golden


def test_zero_is_written_when_it_is_asked_for_and_no_deadline_stands_open(term: Term) -> None:
    """For who handed in nothing; not for who is excused, and not for a file that nobody could read."""
    zeros = [dict.fromkeys(range(40), "0") | due for due in (DUE_1, DUE_2)]
    del zeros[0][7]
    golden = ("\ufeff" + gradebook(*zeros)).encode()
    assert (term.folder / "zeros.csv").read_bytes() == golden


def test_who_has_no_number_is_said(term: Term) -> None:
    """Who is in no list, whose file is torn; who handed in nothing is no one's fault."""
    said = [line for line in term.said["export"].stdout.splitlines() if line.startswith("needs a person")]
    assert len(said) == 2
    assert any("ghost" in line and "not in the file" in line for line in said)
    assert any("Ç Öz" in line and "unreadable" in line for line in said)


def test_nothing_is_exported_before_it_is_judged(term: Term) -> None:
    """The second assignment waited for a person: no number of it was in the file, and everybody was named."""
    said = term.said["too early"].stdout
    assert len(re.findall("02_toy: unjudged: a person must look first", said)) == 32
    assert (term.folder / "early.csv").read_bytes() == ("\ufeff" + gradebook(DUE_1, {})).encode()


def test_everybody_is_in_the_table(term: Term) -> None:
    """Forty people and a stranger, twice; every state that there is."""
    rows = term.table()
    assert len(rows) == 81
    states = {(row["id"], row["assignment"]): row["status"] for row in rows}
    assert [states[(f"{100 + place:05}", "01_toy")] for place in (0, 2, 4, 7, 8, 9)] == [
        "complete",
        "partial",
        "partial",
        "unreadable",
        "excused",
        "missing",
    ]
    late = next(row for row in rows if row["id"] == "00102" and row["assignment"] == "01_toy")
    assert (late["late"], late["deducted"], late["hours late"], late["attempt"]) == ("late", "1.6", "29.0", "50002")
    teams = {row["id"]: row["group"] for row in rows if row["assignment"] == "02_toy" and row["points"]}
    assert len(teams) == 32 and teams["00105"] == "Team 2"


def test_every_number_is_the_same_everywhere(term: Term) -> None:
    """On pages, in the table, as JSON; and adding up by hand gives it."""
    grades = {
        (one["id"], one["assignment"]): one
        for one in json.loads((term.folder / "grades.json").read_bytes())["grades"]
        if one["points"] is not None
    }
    rows = {(row["id"], row["assignment"]): row for row in term.table() if row["points"]}
    assert rows.keys() - {("7777", "01_toy"), ("00108", "01_toy")} == grades.keys() - {("", "01_toy")}
    for place, row in rows.items():
        earned = sum(float(cell) for title, cell in row.items() if title.startswith(f"{place[1]}.") and cell)
        assert earned - float(row["deducted"] or 0) == pytest.approx(float(row["points"]), abs=1e-9)
        if place in grades:
            page = (term.folder / "grades" / "students" / grades[place]["page"]).read_text(encoding="utf-8")
            assert re.search(rf"<b>{re.escape(row['points'])}</b> of {row['of']} points", page), place
            assert grades[place]["points"] == float(row["points"])


def test_a_corrected_test_moves_everybody_and_asks_one_question(term: Term) -> None:
    """Who moved is said, and why; nothing else is asked again."""
    said = term.said["again"].stdout
    graded = len(HANDED) - 1 + 1  # without the torn one, with the stranger
    assert f"asked again: mean_of of 01_toy, in {graded} notebooks" in said and "unchanged" not in said
    assert "moved: Ada Ng 01_toy: 9.33/10 to 8/8 (−1.33: root −2 (counts for nobody), mean_of +0.67)" in said
    assert len(re.findall("^moved: .* 01_toy: ", said, re.M)) == graded


def test_decisions_are_on_the_page_and_in_the_history(term: Term) -> None:
    """As a person's, with the reason."""
    page = next((term.folder / "grades" / "students").glob("robert-o-smith-01-toy-*.html")).read_text(encoding="utf-8")
    assert "Right but for whole numbers." in page and "Kim" in page and "It was unclear." in page
    assert "7.5" in term.said["history"].stdout


def test_each_member_of_a_team_has_a_page(term: Term) -> None:
    """One hand-in, four pages; no notebook ran more than once."""
    names = {path.name.partition("-02-toy-")[0] for path in (term.folder / "grades" / "students").glob("*-02-toy-*")}
    pages = list((term.folder / "grades" / "students").glob("*-02-toy-*.html"))
    assert len(pages) == 32 and {"ada-ng", "josé-garcía", "robert-o-smith"} < names
    public: Any = list((term.folder / "public").iterdir())
    pages = [page for kind in ("students", "unreadable") for page in (term.folder / "grades" / kind).iterdir()]
    assert len(public) == len(pages) and len(list((term.folder / "grades" / "unreadable").iterdir())) == 1


def test_the_same_with_moodle(tmp_path: Path) -> None:
    """A worksheet as the class list, a download in folders, and the worksheet filled."""
    folder, course = tmp_path, shutil.copytree(TOY, tmp_path / "course")
    head = (
        'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
        '"Last modified (submission)","Last modified (grade)","Feedback comments"'
    )
    people = ("Ada Ng", "José García", '王 "Ming" 小明', "Eve O'Gray")
    names = [name.replace('"', '""') for name in people]

    def sheet(grades: Mapping[int, str]) -> str:
        said = {place: f"{float(text):g} of 10 points: " for place, text in grades.items()}
        lines = []
        for n, name in enumerate(names):
            rest = f'10.00,Yes,"Monday, 1 June",-,{said.get(n, "")}'
            lines.append(f'"Participant {30 + n}","{name}",m{n}@example.edu,-,{grades.get(n, "")},{rest}')
        return "\n".join([head, *lines]) + "\n"

    (folder / "sheet.csv").write_text(sheet({}), encoding="utf-8")
    zipped(
        folder / "moodle.zip",
        {
            "Ada Ng_30_assignsubmission_file/a.ipynb": RIGHT,
            "José García_31_assignsubmission_file/b.ipynb": NONE,
            "Eve O'Gray_33_assignsubmission_file/c.ipynb": "{",
        },
    )
    term = Term(folder)
    (course / "course.toml").write_text("[assignments.01_toy]\ndue = 2024-10-12T23:59:00\n", encoding="utf-8")
    term.type("roster", "roster", "sheet.csv")
    term.type("run", "run", "moodle.zip", due=(3,))
    term.type("decide", "decide", "m1@example.edu", "01_toy", "flatten_images", "--points", "1", "--reason", "Half.")
    term.type("score", "score", due=(0, 3))
    words = ("export", "moodle", "sheet.csv", "--assignment", "01_toy", "--out", "filled.csv", "--pages", "pages.zip")
    term.type("export", *words, due=(3,))
    filled = (folder / "filled.csv").read_text(encoding="utf-8")
    each = re.compile(r'"?(\d[\d.]* of 10 points: )[^"\n]*"?$', re.M)
    assert each.sub(r"\1", filled) == sheet({0: "10.00", 1: "9.00"})
    assert "needs a person: Eve O'Gray: 01_toy: unreadable" in term.said["export"].stdout
    with zipfile.ZipFile(folder / "pages.zip") as pages:
        assert pages.namelist() == [
            "Ada Ng_30_assignsubmission_file/01_toy.html",
            "José García_31_assignsubmission_file/01_toy.html",
            "Eve O'Gray_33_assignsubmission_file/01_toy.html",
        ]
        assert "could not be read" in pages.read("Eve O'Gray_33_assignsubmission_file/01_toy.html").decode()
