"""A class with a roster: everybody is there, under one name; groups; what is not clear is said."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import exports_of_platforms as platforms
import pytest
from cases import TOY, Case, Done, grader, notebook_of

ALL_RIGHT, WORSE = (json.dumps(notebook_of(Case(n, TOY.parent / n))) for n in ("all_right", "returns_none"))
HANDED = {  # Zoe Lee 1003 hands in twice, a group for its two members, somebody who is in no list
    "ngada_1001_50001_a.ipynb": ALL_RIGHT,
    "leezoe_1003_50002_a.ipynb": WORSE,
    "leezoe_1003_50012_a-1.ipynb": ALL_RIGHT,
    "teamone_LATE_1005_50003_a.ipynb": WORSE,
    "ghostanna_7777_50004_a.ipynb": ALL_RIGHT,
}
GROUPS = "group,id\nTeam One,0021\nTeam One,0022\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course, a roster made of Canvas's gradebook, and a download that was graded once."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(TOY, folder / "course")
    (folder / "groups.csv").write_text(GROUPS, encoding="utf-8")
    for name, text in HANDED.items():
        (folder / "handed in" / name).parent.mkdir(exist_ok=True)
        (folder / "handed in" / name).write_text(text, encoding="utf-8")
    made = grader("roster", platforms.write("canvas", folder), course=folder / "course")
    assert made.returncode == 0, made.stderr
    assert "Canvas gradebook, 7 students (utf-8-sig, separator ,)" in made.stdout
    done = graded(folder)
    assert done.returncode == 3, done.stderr
    (folder / "said.txt").write_text(done.stdout, encoding="utf-8")
    return folder


def graded(desk: Path, *options: object) -> Done:
    return grader(
        *("run", desk / "handed in", "--out", desk / "grades", "--groups", desk / "groups.csv", *options),
        course=desk / "course",
    )


def rows(desk: Path) -> list[dict[str, str]]:
    with (desk / "grades" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_everybody_is_in_the_table_and_on_the_class_page(desk: Path) -> None:
    """Under the roster's names and ids; who handed in nothing is missing and has no points."""
    found = {row["id"]: (row["student"], row["points"], row["status"], row["section"]) for row in rows(desk)}
    assert found == {
        "0017": ("Ada Ng", "10", "complete", "Lab A"),
        "0018": ("José García", "", "missing", "Lab A"),
        "0019": ("Zoe Lee (0019)", "10", "complete", "Lab B"),
        "0020": ("Zoe Lee (0020)", "", "missing", "Lab A, Lab B"),
        "0021": ("Robert O'Smith", "8", "partial", "Lab B"),
        "0022": ("小明 王", "8", "partial", "Lab B"),
        "0023": ('Ayla "Quote" Ünal', "", "missing", "Lab B"),
        "7777": ("ghostanna", "10", "complete", ""),
    }
    page = (desk / "grades" / "class-01_toy.html").read_text(encoding="utf-8")
    assert "José García, Zoe Lee (0020)" in page and "Handed in nothing" in page
    assert "Zoe Lee (0019)" in page and "ghostanna" in page


def test_the_table_has_ids_and_a_column_for_each_question(desk: Path) -> None:
    """What each platform knows a student by; questions add up to the points; what nobody judged is empty."""
    for row in rows(desk):
        earned = [float(cell) for title, cell in row.items() if title.startswith("01_toy.") and cell]
        assert sum(earned) == float(row["points"] or 0) and len(earned) == (5 if row["points"] else 0)
    found = {row["id"]: row["canvas"] for row in rows(desk)}
    assert found["0017"] == "1001" and found["0018"] == "1002" and found["7777"] == "7777"
    assert {row["attempt"] for row in rows(desk) if row["id"] == "0019"} == {"50012"}


def test_who_is_not_clear_is_said(desk: Path) -> None:
    """On the terminal: who is in no list, with the reason, and who handed in nothing."""
    said = (desk / "said.txt").read_text(encoding="utf-8")
    assert "not clearly in the roster: ghostanna: nobody has this id" in said
    assert "handed in nothing: 01_toy: 3: José García, Zoe Lee (0020)" in said


def test_a_group_is_executed_once_and_each_member_has_a_page(desk: Path) -> None:
    """The page has the member's own name, and the table the group's."""
    pages = {path.name.partition("-01-toy-")[0] for path in (desk / "grades" / "students").iterdir()}
    assert pages == {"ada-ng", "zoe-lee", "robert-o-smith", "小明-王", "ghostanna"}
    assert {row["id"] for row in rows(desk) if row["group"] == "Team One"} == {"0021", "0022"}
    assert {row["id"] for row in rows(desk) if row["late"]} == {"0021", "0022"}


def test_a_corrected_roster_runs_nothing_again(desk: Path, tmp_path: Path) -> None:
    """A name is corrected and somebody is added: rows and pages follow, nothing is executed."""
    here = shutil.copytree(desk, tmp_path / "desk")
    roster = here / "course" / "roster.csv"
    text = roster.read_text(encoding="utf-8").replace("Ada Ng", "Ada Nguyen")
    anna = dict(zip(text.lstrip("\ufeff").splitlines()[0].split(","), [""] * 9, strict=False))
    anna |= {"id": "0099", "name": "Anna Ghost", "canvas": "7777"}
    roster.write_text(text + ",".join(anna.values()) + "\n", encoding="utf-8")
    done = graded(here, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert not said["doubtful"] and not any(grade["fresh"] for grade in said["grades"])
    assert {"0099", "0017"} < {row["id"] for row in rows(here)}
    pages = {path.name.partition("-01-toy-")[0] for path in (here / "grades" / "students").iterdir()}
    assert pages == {"ada-nguyen", "zoe-lee", "robert-o-smith", "小明-王", "anna-ghost"}


def test_a_roster_with_faults_changes_nothing(desk: Path, tmp_path: Path) -> None:
    """A line for each fault, before anything is graded or written."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name,email\n1,Ada,a@x.y\n1,Bob,b.x.y\n", encoding="utf-8")
    before = (desk / "grades" / "grades.csv").read_bytes()
    done = graded(desk, "--roster", roster)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"grader: {roster}:3: 'b.x.y' is no e-mail address; correct it, or leave it empty",
        f"grader: {roster}:3: id '1' is also that of Ada ({roster}:2); "
        "correct one, or remove the line that is too much",
    ]
    assert (desk / "grades" / "grades.csv").read_bytes() == before
    text = roster.read_text(encoding="utf-8")
    assert grader("roster", platforms.write("moodle", tmp_path), "--out", roster, course=None).returncode == 2
    assert roster.read_text(encoding="utf-8") == text


def test_a_dry_run_says_who_is_not_in_the_roster(desk: Path) -> None:
    """Before anything is graded."""
    done = graded(desk, "--dry-run")
    assert done.returncode == 3 and "not clearly in the roster: ghostanna" in done.stdout
    assert "Robert O'Smith" in done.stdout and "小明 王" in done.stdout


def test_one_hands_in_for_all_only_where_it_is_said(tmp_path: Path) -> None:
    """A member's own hand-in is the group's with --together, and else the member's alone."""
    (tmp_path / "class" / "0021").mkdir(parents=True)
    (tmp_path / "class" / "0021" / "a.ipynb").write_text(ALL_RIGHT, encoding="utf-8")
    (tmp_path / "groups.csv").write_text(GROUPS, encoding="utf-8")
    said = {}
    for options in ((), ("--together",)):
        out = tmp_path / f"out{len(options)}"
        command = ("run", tmp_path / "class", "--out", out, "--groups", tmp_path / "groups.csv", "--json", *options)
        done = grader(*command)
        assert done.returncode == 0, done.stderr
        said[options] = [grade["earned"] for grade in json.loads(done.stdout)["grades"]]
    assert said == {(): [10.0], ("--together",): [10.0, 10.0]}
    assert grader("run", tmp_path / "class", "--out", tmp_path / "out2", "--together").returncode == 2
