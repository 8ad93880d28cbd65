"""A grade is one number wherever it stands: on the page, in the tables, in the gradebook, in what platforms import."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from cases import TOY, Case, grader, notebook_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NOTEBOOKS = {"ada": "all_right", "ben": "forgets_whole_numbers", "cy": "returns_none"}
QUESTIONS = ("double", "root", "mean_of", "flatten_images", "rows_of_file")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small class that was graded once, its roster, and an empty gradebook of Canvas's."""
    home = tmp_path_factory.mktemp("numbers")
    shutil.copytree(TOY, home / "course")
    lines = ["Student,ID,SIS User ID,SIS Login ID,Section,Toy (1)"]
    for number, (name, case) in enumerate(NOTEBOOKS.items()):
        (home / "class" / name).mkdir(parents=True)
        text = json.dumps(notebook_of(Case(case, TOY.parent / case)))
        (home / "class" / name / "n.ipynb").write_text(text, encoding="utf-8")
        lines.append(f"{name},{number + 1},{name},{name},A,")
    (home / "canvas.csv").write_text("\n".join(lines), encoding="utf-8")
    assert grader("roster", home / "canvas.csv", course=home / "course").returncode == 0
    assert grader("run", home / "class", "--out", home / "grades", course=home / "course").returncode == 0
    return home


def entry(kind: str, **keys: object) -> str:
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items())
    return f'[[{kind}]]\nassignment = "01_toy"\n' + "\n".join(lines) + "\n"


def hundredths(most: float) -> st.SearchStrategy[float]:
    return st.integers(0, round(100 * most)).map(lambda number: number / 100)


@st.composite
def decided(draw: st.DrawFn) -> str:
    """A decisions.toml: points, exemptions, questions dropped and given, times and extensions."""
    made = [entry("dropped", question=q, reason="r") for q in draw(st.sets(st.sampled_from(QUESTIONS), max_size=2))]
    made += [entry("given", question=q, reason="r") for q in draw(st.sets(st.sampled_from(QUESTIONS), max_size=1))]
    for name in NOTEBOOKS:
        for question in draw(st.sets(st.sampled_from(QUESTIONS), max_size=3)):
            made.append(entry("points", student=name, question=question, points=draw(hundredths(2)), reason="r"))
        hours = draw(st.integers(0, 250))
        made.append(entry("handed", student=name, at=f"2024-10-{10 + hours // 24:02}T{hours % 24:02}:30:00"))
        if draw(st.booleans()):
            made.append(entry("extension", student=name, extra=f"{draw(st.integers(1, 9))} days", reason="r"))
        if draw(st.integers(0, 4)) == 0:
            made.append(entry("exemption", student=name, reason="r"))
    return "\n".join(made)


@st.composite
def ruled(draw: st.DrawFn) -> str:
    """A course.toml: a due date, and what lateness costs."""
    late = {
        "penalty": draw(hundredths(40)),
        "cap": draw(hundredths(100)),
        "per": draw(st.sampled_from(["day", "hour"])),
        "of": draw(st.sampled_from(["points", "earned"])),
        "budget": draw(st.integers(0, 3)),
        "grace": f"{draw(st.integers(1, 90))} min",
    }
    if draw(st.booleans()):
        late["closes"] = f"{draw(st.integers(1, 9))} days"
    lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in late.items())
    return f"[late]\n{lines}\n[assignments.01_toy]\ndue = 2024-10-12T12:00:00\n"


def numbers(home: Path) -> dict[str, dict[str, Any]]:
    """By student, the points as each place has them."""
    out = home / "grades"
    with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    with (home / "import.csv").open(encoding="utf-8", newline="") as file:
        cells = {row["SIS User ID"]: row["Toy (1)"] for row in csv.DictReader(file)}
    exported = {one["id"]: one for one in json.loads((home / "grades.json").read_bytes())["grades"]}
    with sqlite3.connect(out / "gradebook.db") as db:
        stored = dict(
            db.execute(
                "SELECT t.student, g.earned FROM standings t JOIN grades g ON g.execution = t.execution"
            ).fetchall()
        )
    found = {}
    for name, row in rows.items():
        page = (out / "students" / exported[name]["page"]).read_text(encoding="utf-8")
        earned = sum(float(cell) for title, cell in row.items() if title.startswith("01_toy.") and cell)
        found[name] = {
            "state": row["status"],
            "table": float(row["points"]),
            "by hand": round(earned - float(row["deducted"] or 0), 2),
            "gradebook": stored[name],
            "page": [float(one) for one in re.findall(r"<b>([\d.]+)</b> of [\d.]+ points", page)],
            "json": exported[name]["points"],
            "canvas": cells[name],
        }
    return found


@given(decided(), ruled())
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_a_grade_is_one_number(home: Path, decisions: str, rules: str) -> None:
    """Over whatever persons decide and a course rules; and the columns of the table add up to it."""
    (home / "course" / "decisions.toml").write_text(decisions, encoding="utf-8")
    (home / "course" / "course.toml").write_text(rules, encoding="utf-8")
    grades, course = home / "grades", home / "course"
    done = grader("score", "--out", grades, course=course)
    assert done.returncode in (0, 3), done.stderr
    for words in (
        ("canvas", home / "canvas.csv", "--out", home / "import.csv"),
        ("json", "--out", home / "grades.json"),
    ):
        done = grader("export", *words, "--from", grades, course=course)
        assert done.returncode == 0, done.stdout + done.stderr
    for name, found in numbers(home).items():
        assert found["by hand"] == found["gradebook"] == found["table"], (name, found)
        if found["state"] == "excused":
            assert (found["json"], found["canvas"]) == (None, "EX")
        else:
            assert found["page"] and set(found["page"]) == {found["table"]} == {found["json"]}, (name, found)
            assert float(found["canvas"]) == found["table"]
