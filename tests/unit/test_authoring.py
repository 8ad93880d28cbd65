"""What a proof rests on, which definitions may share a notebook, and what is wrong with a course's files."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import TOY

from grader.authoring.files import files
from grader.authoring.material import Material
from grader.authoring.memory import HELD, KEPT, Memory
from grader.authoring.proofs import blamed, companies
from grader.course.catalog import Course
from grader.course.names import binds_and_uses
from grader.course.notebooks import build
from grader.course.parts import read_parts
from grader.errors import CourseError
from grader.records import Check, Status
from grader.running.setting import Setting


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(Path(shutil.copytree(TOY, tmp_path / "course")))


# ---- what is said of a function that is not written


@pytest.mark.parametrize(
    ("status", "not_written", "due"),
    [(Status.FAILED, True, 0), (Status.FAILED, False, 1), (Status.PASSED, False, 0)],
)
def test_nobody_is_blamed_for_what_is_not_written(status: Status, not_written: bool, due: int) -> None:
    """A check that catches the placeholder's exception, and takes it for an answer, is a fault of the suite."""
    check = Check("double", "test_it", "It doubles.", status, "expected True, got False", not_written=not_written)
    assert len(list(blamed([check], "test_double.py"))) == due


# ---- which cells a question rests on


@pytest.mark.parametrize(
    ("source", "binds", "uses"),
    [
        ("x = y", {"x"}, {"y"}),
        ("import a.b as c\nfrom d import e", {"c", "e"}, set()),
        ("def f(x, z=k):\n    local = x\n    return local + g(x)", {"f"}, {"k", "g"}),
        ("class A(B):\n    def m(self):\n        return helper(self)", {"A"}, {"B", "helper"}),
        ("def f():\n    global n\n    n = 1", {"f", "n"}, {"n"}),
        ("x[0] = 1\ny.z = 2", {"x", "y"}, {"x", "y"}),
        ("log.append(1)", {"log"}, {"log"}),
        ("def f(x):\n    x.append(1)\n    rows[0] = 2", {"f"}, {"rows"}),
        ("sum(f(i) for i in range(n))", set(), {"sum", "f", "range", "n"}),
        ("for i in items:\n    total += i", {"i", "total"}, {"items", "i", "total"}),
        ("no python at all", set(), set()),
    ],
)
def test_names_of_a_cell(source: str, binds: set[str], uses: set[str]) -> None:
    """What it binds or changes at the notebook's level, and what it asks of that level; locals are its own."""
    found = binds_and_uses(source)
    assert found[0] == binds
    assert found[1] == uses


SOLUTION = """# %%
import torch
base = [1]

# %%
print(torch.zeros(10**6).sum())  # a demonstration

# %%
base.append(2)

# %% question="one"
def one():
    # BEGIN SOLUTION
    return base
    # END SOLUTION

# %% question="two"
def two():
    # BEGIN SOLUTION
    return one() + later
    # END SOLUTION

# %%
torch.manual_seed(0)
later = [3]

# %% question="three"
def three():
    # BEGIN SOLUTION
    return torch.ones(1)
    # END SOLUTION
"""

TABLE = """title = "t"
summary = "s"
[[questions]]
id = "one"
title = "One"
section = "S"
points = 1
[[questions]]
id = "two"
title = "Two"
section = "S"
points = 1
[[questions]]
id = "three"
title = "Three"
section = "S"
points = 1
needs = ["two"]
"""

MISTAKES = """from grader import mistake
@mistake("A", "Does A", hint="Look.")
def {0}():
    return 1
@mistake("B", "Does B", hint="Look again.")
def {0}():
    return 2
"""


@pytest.fixture
def chain(tmp_path: Path) -> Course:
    """Three questions: `two` calls `one`, `three` says that it needs `two`."""
    course = Course(tmp_path)
    for folder in (course.handout("01_a"), course.hidden("01_a"), course.mistakes("01_a"), tmp_path / "solutions"):
        folder.mkdir(parents=True)
    course.solution("01_a").write_text(SOLUTION)
    course.table("01_a").write_text(TABLE)
    for name in ("one", "two", "three"):
        (course.mistakes("01_a") / f"{name}.py").write_text(MISTAKES.format(name))
    return course


def test_cells_that_a_question_rests_on(chain: Course) -> None:
    """Those that bind its names, however far, and those that change them; no demonstration, no other question."""
    parts = read_parts(chain, chain.assignment("01_a"))
    assert [sorted(parts.needed(name)) for name in ("one", "two", "three")] == [[0, 2, 3], [0, 2, 3, 4, 5], [0, 6]]
    assert parts.touched("one") == {"two"} and not parts.touched("two")


def test_names_that_checks_ask_for_are_needed(chain: Course) -> None:
    """A hidden check may look at more than its question's own name."""
    (chain.hidden("01_a") / "test_three.py").write_text(
        "def test_x(student):\n    student.later\n    student.three()\n"
    )
    assert read_parts(chain, chain.assignment("01_a")).needed("three") == {0, 5, 6}


def test_no_definition_hides_another(chain: Course) -> None:
    """Variants of one question, or of a question and one that rests on it or needs it, never share a notebook."""
    material = Material.of(chain, "01_a")
    groups = [[variant.question for variant in group] for group in companies(material, ["one", "two", "three"])]
    assert sorted(question for group in groups for question in group) == ["one", "one", "three", "three", "two", "two"]
    for group in groups:
        assert len(set(group)) == len(group)
        assert not {"one", "two"} <= set(group) and not {"two", "three"} <= set(group)
    assert ["one", "three"] in [sorted(group) for group in groups], "what is unrelated shares one"


def test_a_mistake_is_watched_where_nobody_needs_it(chain: Course) -> None:
    """`two` calls `one` without saying so and must pass; `three` says that it needs `two` and may fail."""
    material = Material.of(chain, "01_a")
    assert material.watched(material.mistakes["one"][0]) == {"two"}
    assert material.watched(material.mistakes["two"][0]) == set()


ONE_ALONE = [True, False, False]


def test_a_proof_rests_on_what_it_asks(chain: Course) -> None:
    """An edit changes the keys of the questions that rest on it, and no others."""

    def keys() -> list[str]:
        material = Material.of(chain, "01_a")
        return [material.proof_key(name, Setting(chain.root)) for name in ("one", "two", "three")]

    def changed(path: Path, old: str, new: str) -> list[bool]:
        before, text = keys(), path.read_text() if path.is_file() else ""
        path.write_text(text.replace(old, new) if old else text + new)
        return [a != b for a, b in zip(before, keys(), strict=True)]

    solution = chain.solution("01_a")
    assert changed(solution, "return torch.ones(1)", "return torch.ones(2)") == [False, False, True]
    assert changed(solution, "later = [3]", "later = [4]") == [True, True, False], "a mistake in one is felt in two"
    assert changed(solution, "sum())  # a", "mean())  # a") == [False, False, False]
    assert changed(chain.mistakes("01_a") / "one.py", "return 2", "return 3") == [True, False, False]
    assert changed(chain.hidden("01_a") / "test_three.py", "", "def test_x(student): ...\n") == [False, False, True]
    assert changed(chain.table("01_a"), 'title = "One"\n', 'title = "Uno"\n') == [False, False, False]
    assert changed(chain.hidden("01_a") / "shared.py", "", "n = 1\n") == [True, True, True]
    assert changed(chain.table("01_a"), "summary", "limits = { call = 3 }\nsummary") == [True, True, True]
    assert changed(solution, "", "\n# %%\nrearrange(later)\n") == [True, True, False], "it may change them in place"
    assert changed(solution, "", "\n# %%\nprint('later')\n") == [False, False, False]
    assert changed(chain.table("01_a"), 'title = "Uno"\n', 'title = "Uno"\nweights = { test_x = 2 }\n') == ONE_ALONE
    assert changed(chain.table("01_a"), 'title = "Uno"\n', 'title = "Uno"\nquest = "lowest"\n') == ONE_ALONE
    (chain.hidden("01_a").parent / "common").mkdir()
    assert changed(chain.hidden("01_a").parent / "common" / "numbers.json", "", "[1]") == [True, True, True]
    assert changed(chain.root / "course.toml", "", 'requirements = ["pytest-xdist"]\n') == [True, True, True]
    material, setting = Material.of(chain, "01_a"), Setting(chain.root, seed=1)
    assert material.proof_key("one", setting) not in keys()


def test_what_stands_rests_on_its_own_checks(chain: Course) -> None:
    """Hidden and public checks are asked apart; whether a number is measured is for the hidden ones to show."""

    def changed(path: Path, text: str) -> list[bool]:
        def keys() -> list[str]:
            material = Material.of(chain, "01_a")
            return [material.standing_key("one", Setting(chain.root), public=public) for public in (False, True)]

        before = keys()
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return [a != b for a, b in zip(before, keys(), strict=True)]

    assert changed(chain.hidden("01_a") / "test_one.py", "def test_x(student): ...\n") == [True, False]
    assert changed(chain.public("01_a") / "test_one.py", "def test_x(student): ...\n") == [False, True]
    assert changed(chain.public("01_a") / "numbers.json", "[1]") == [False, True]
    assert changed(chain.solution("01_a"), SOLUTION + "\n") == [True, True]
    assert changed(chain.table("01_a"), TABLE.replace('"One"\n', '"One"\nquest = "highest"\n'))[0]


def test_what_is_remembered(tmp_path: Path) -> None:
    """A proof is known once it is kept, until nobody has asked for it in a long time."""
    memory = Memory(tmp_path / "a" / "b")
    assert not memory.knows("k")
    memory.keep("k")
    memory.keep("old")
    os.utime(tmp_path / "a" / "b" / "old", (0, 0))
    memory.forget_old()
    assert memory.knows("k") and not memory.knows("old")
    os.utime(tmp_path / "a" / "b" / "k", (0, KEPT))
    assert memory.knows("k")
    memory.forget_old()
    assert memory.knows("k"), "asked for just now"


def test_what_is_put_down_until_a_proof_is_complete(tmp_path: Path) -> None:
    """It can be taken up whole, for some days."""
    memory = Memory(tmp_path)
    memory.hold("k", "answers")
    memory.hold("old", "answers")
    os.utime(tmp_path / "old.answer", (0, time.time() - HELD - 60))
    memory.forget_old()
    assert (memory.held("k"), memory.held("old"), memory.held("never")) == ("answers", "", "")
    memory.release(["k", "never"])
    assert memory.held("k") == "" and not list(tmp_path.iterdir())


def test_nothing_is_remembered_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A proof that cannot be remembered is no fault."""
    (tmp_path / "file").write_text("")
    memory = Memory(tmp_path / "file" / "below")
    memory.keep("k")
    memory.forget_old()
    assert not memory.knows("k")


# ---- files

TOY_SOLUTION = "solutions/01_toy.py"
MISTAKES_OF = "tests/mistakes/01_toy/"
TOY_TABLE = "assignments/01_toy/assignment.toml"
FAULTS: list[tuple[str, Callable[[str], str], str]] = [
    (
        TOY_TABLE,
        lambda text: text.replace('section = "Files"', 'section = "Fils"'),
        "rows_of_file.section: the notebook has no section 'Fils'; write one of its headings",
    ),
    (
        TOY_TABLE,
        lambda text: text + '\n[curriculum]\nR1 = "a"\n[taught]\nR1 = { section = "Nowhere", says = "a" }\n',
        "taught.R1: the notebook has no section 'Nowhere'",
    ),
    (
        TOY_TABLE,
        lambda text: text + '\n[curriculum]\nR1 = "a"\n[shown]\nR1 = { section = "Files", says = "double(" }\n',
        "shown.R1: no cell of 'Files' that runs already holds 'double('",
    ),
    (
        TOY_TABLE,
        lambda text: text + '\n[curriculum]\nR1 = "a"\n',
        "curriculum.R1: nothing covers this row; add it to a question's rows, to [taught] or [shown], or say under",
    ),
    (TOY_TABLE, lambda text: text + '\n[missing]\nR1 = "no time"\n', "missing.R1: there is no such row"),
    (
        TOY_TABLE,
        lambda text: (
            text.replace("points = 2", 'points = 2\nrows = ["R1"]', 1)
            + '\n[curriculum]\nR1 = "a"\n[missing]\nR1 = "no time"\n'
        ),
        "missing.R1: this row is asked; take it out of [missing]",
    ),
    (
        TOY_SOLUTION,
        lambda text: text.replace('\n\ncheck("root")', ""),
        "01_toy.py:26: the cell of 'root' has no check; end it with check(\"root\")",
    ),
    (
        "tests/hidden/01_toy/test_double.py",
        lambda text: text + '\n\ndef test_new(student):\n    """Again."""\n',
        "two tests are called test_new: the first is never run",
    ),
    ("assignments/01_toy/public/test_double.py", lambda text: text * 2, "two tests are called"),
    (
        MISTAKES_OF + "double.py",
        lambda text: text.replace("MX02", "MX01"),
        "double.py:10: two mistakes have the id 'MX01'",
    ),
    (
        MISTAKES_OF + "double.py",
        lambda text: text.replace("Doubles in place", "Adds 2"),
        "two mistakes have the title 'Adds 2'",
    ),
    (
        "tests/alternatives/01_toy/double.py",
        lambda text: text + text.partition("\n")[2],
        "two alternatives have the title",
    ),
    (
        MISTAKES_OF + "root.py",
        lambda text: text.replace("Mind the underscore.", "Write `t.sqrt()`."),
        "the hint of MX04 gives the code away: t.sqrt()",
    ),
    (
        MISTAKES_OF + "rows_of_file.py",
        lambda text: text.replace("no header", "'lines = Path(path).read_text().split()'"),
        "the hint of MX10 gives the code away: lines =",
    ),
]


@pytest.mark.parametrize(("name", "change", "said"), FAULTS)
def test_faults_of_files(course: Course, name: str, change: Callable[[str], str], said: str) -> None:
    """Each is one line with its place, found without running anything; there is no other."""
    path = course.root / name
    path.write_text(change(path.read_text()))
    handout, text = build(course, "01_toy")
    handout.write_text(text)
    found = [str(fault) for fault in files(course, "01_toy")]
    assert len(found) == 1 and said in found[0], found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "    # BEGIN SOLUTION\n    return t * 2\n    # END SOLUTION",
            "    return t * 2",
            "students would get the solution",
        ),
        ("    # BEGIN SOLUTION\n    return t * 2", "    return t * 2", "begins without an end, or ends without"),
        ("return t * 2\n    # END SOLUTION", "return t * 2", "begins without an end, or ends without"),
        ('# %% question="double"', "# %%", "a solution region in a cell without a question"),
        ("import torch\n", "import torch\n# BEGIN SOLUTION\nx = 1\n# END SOLUTION\n", "a cell without a question"),
    ],
)
def test_no_solution_leaves_the_house(course: Course, old: str, new: str, said: str) -> None:
    """A marker that was forgotten is a fault, and no notebook is made."""
    path = course.solution("01_toy")
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(CourseError, match=said):
        build(course, "01_toy")
