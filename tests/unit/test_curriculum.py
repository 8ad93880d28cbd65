"""What an assignment covers of its curriculum: only claims that hold count."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from grader.authoring.curriculum import coverage, rows_of, sections
from grader.cli.curriculum import rows_json, show_rows, show_sum
from grader.course.catalog import Course
from grader.errors import CourseError

ROOT = Path(__file__).parents[2]
TOY = ROOT / "tests" / "submissions" / "course"
CELLS = [
    ("markdown", "", "# All\n\nAt first.\n\n## One\n\nA *word* of\none."),
    ("code", "", "show(1)"),
    ("code", "double", "def double(t): ..."),
    ("markdown", "why", "An answer that nobody else sees."),
    ("markdown", "", "### Deeper\n\nStill in one.\n\n## Two"),
    ("code", "", "show(2)"),
]
ROWS = """
[curriculum]
R1 = "asked"
R2 = "worked through and shown"
R3 = "claimed and not there"
R4 = "given up"
R5 = "forgotten"

[taught]
R2 = { section = "Numbers", says = "PLAIN numbers come first" }
R3 = { section = "Numbers", says = "letters" }

[shown]
R2 = { section = "Numbers", says = "print(" }

[missing]
R4 = "no time"
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The small course with a curriculum."""
    root = shutil.copytree(TOY, tmp_path / "course")
    table, solution = root / "assignments/01_toy/assignment.toml", root / "solutions/01_toy.py"
    questions = table.read_text().replace("points = 2", 'points = 2\nrows = ["R1"]', 1)
    table.write_text(questions + ROWS)
    text = solution.read_text().replace("# ## Numbers\n", "# ## Numbers\n#\n# Plain numbers\n# come first.\n", 1)
    solution.write_text(text.replace("# ## Shapes", "# More.\n\n# %%\nprint(1)\n\n# %% [markdown]\n# ## Shapes", 1))
    return Course(root)


def test_sections_hold_what_stands_below_their_headings() -> None:
    """And below deeper ones; texts, or cells that run already: no question's cell, and no answer."""
    texts, code = sections(CELLS, "markdown"), sections(CELLS, "code")
    assert {name: " ".join(text.split()) for name, text in texts.items()} == {
        "All": "At first. A *word* of one. Still in one.",
        "One": "A *word* of one. Still in one.",
        "Deeper": "Still in one.",
        "Two": "",
    }
    assert {name: text.split() for name, text in code.items()} == {
        "All": ["show(1)", "show(2)"],
        "One": ["show(1)"],
        "Deeper": [],
        "Two": ["show(2)"],
    }


def test_rows_are_covered_where_their_claims_hold(course: Course) -> None:
    """Upper and lower case, and where lines end, are no matter."""
    rows = {row.id: row for row in rows_of(course, "01_toy")}
    assert rows["R1"].ways == (("asked", ("double",)),)
    assert rows["R2"].ways == (("shown", ("Numbers",)), ("worked through", ("Numbers",)))
    assert rows["R3"].ways == (("missing", ()),)
    assert rows["R3"].broken[0][:2] == ("taught.R3", "the text of 'Numbers' does not hold 'letters'")
    assert rows["R4"].ways == (("missing", ("no time",)),) and rows["R5"].ways == (("missing", ()),)
    said = [str(fault).partition("assignment.toml: ")[2] for fault in coverage(course, "01_toy")]
    assert [one.split(":")[0] for one in said] == ["taught.R3", "curriculum.R5"]


def test_the_table_says_it_all(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """How many there are of each kind, and of each row where it is, or why it is not."""
    covered = {"01_toy": rows_of(course, "01_toy")}
    show_rows("01_toy", covered["01_toy"], covered["01_toy"])
    show_sum(covered)
    first, *lines, last = capsys.readouterr().out.splitlines()
    assert first == "01_toy: 5 rows: 1 asked, 1 shown, 3 missing"
    assert last == "the course: 5 rows: 1 asked, 1 shown, 3 missing"
    text = " ".join(" ".join(lines).split())
    for part in ("R1 asked asked: double", "shown: Numbers", "missing: no time", "taught.R3: the text of 'Numbers'"):
        assert part in text
    [one] = [one for one in json.loads(json.dumps(rows_json(covered)))["01_toy"] if one["row"] == "R4"]
    assert one["missing"] and one["why"] == "no time" and not one["asked"]


def test_a_claim_has_a_section_and_a_word(course: Course) -> None:
    """Nothing else, and both."""
    table = course.table("01_toy")
    text = table.read_text()
    for broken, said in ((', says = "letters"', "taught.R3.says"), ('says = "letters"', "taught.R3.word")):
        new = "" if broken.startswith(",") else 'says = "letters", word = "x"'
        table.write_text(text.replace(broken, new))
        with pytest.raises(CourseError, match=said):
            rows_of(course, "01_toy")


def test_every_row_of_the_course_is_somewhere_or_given_up() -> None:
    """No claim of the real assignments is broken, and none is missing without a reason."""
    course = Course(ROOT)
    rows = [row for id in course.written() for row in rows_of(course, id)]
    assert len(rows) > 250
    assert [row.id for row in rows if row.broken or not (row.covered or row.without)] == []
