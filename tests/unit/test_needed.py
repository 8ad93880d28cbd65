"""Which cells run while a notebook is graded: a student's, and of the given ones those that something rests on."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from grader.course.catalog import Course
from grader.course.first_cell import first_cell
from grader.course.names import Names
from grader.grading.needed import Given, given, left_out
from grader.records import Cell

TOY = Path(__file__).parents[1] / "submissions" / "course"
IMPORTS = "import numpy as np\nimport torch"
DATA = "table = np.arange(6)\nrate = 0.1"
DRAWS = "figure, axes = 1, [2]\naxes.append(table.sum())\nprint(axes)"
HELPS = "def helper(t):\n    return t * scale"
SCALE = "scale = 2"
CHANGES = "table[0] = 7"
SEEDS = "torch.manual_seed(0)\nfor x in range(3):\n    print(x)"
GIVEN = (IMPORTS, DATA, DRAWS, HELPS, SCALE, CHANGES, SEEDS)


def kept(*sources: str, asked: str = "f") -> list[str]:
    """The cells that run of a notebook which begins with all that was given."""
    handed_out = Given(frozenset(GIVEN), frozenset(asked.split()))
    cells = [Cell(number, source) for number, source in enumerate([*GIVEN, *sources], start=1)]
    out = left_out(cells, handed_out)
    return [cell.source for cell in cells if cell.number not in out]


@pytest.mark.parametrize(
    ("sources", "due"),
    [
        ([], []),
        (["def f(t):\n    return t + 1"], []),
        (["def f(t: torch.Tensor):\n    return t + 1"], [IMPORTS]),
        (["def f(t):\n    return helper(t)"], [HELPS, SCALE]),
        (["def f(t):\n    return [helper(part) for part in t]"], [HELPS, SCALE]),
        (["def f():\n    return table.sum()"], [IMPORTS, DATA, DRAWS, CHANGES]),
        (["figure = 3\nprint(figure)"], []),
        (["print(figure)"], [IMPORTS, DATA, DRAWS, CHANGES]),
        (["rate = rate * 2"], [IMPORTS, DATA]),
        (["rate *= 2"], [IMPORTS, DATA]),
        ([f"{SEEDS}\n# mine"], [IMPORTS]),
        (["%matplotlib inline\nprint(1)"], []),
        (["%%memit\ndef f(t):\n    return helper(t)"], [HELPS, SCALE]),
        (["%time y = helper(3)"], [HELPS, SCALE]),
        (["def f(t):\n    return (\n        t\n        % scale\n    )"], [SCALE]),
        (["def f(t):\n    from helpers import helper\n    return helper(t)\ng = helper"], [HELPS, SCALE]),
        (["try:\n    scale = int('x')\nexcept ValueError:\n    pass\nf = scale"], [HELPS, SCALE]),
        (["import sys\nf = getattr(sys.modules['__main__'], 'scale')"], list(GIVEN)),
        (["from builtins import eval\nf = eval('scale')"], list(GIVEN)),
        (["import pickle\nf = pickle.loads(b'')"], list(GIVEN)),
        (["def f(:"], list(GIVEN)),
        (["f = lambda: eval('scale')"], list(GIVEN)),
        (["print(globals()['scale'])"], list(GIVEN)),
        (["print(_ + 1)"], list(GIVEN)),
        (["for _ in range(2):\n    print('x')"], []),
    ],
)
def test_what_runs(sources: list[str], due: list[str]) -> None:
    """What nothing rests on is left out; nothing is, where a student's code may reach any name."""
    assert kept(*sources) == [*[cell for cell in GIVEN if cell in due], *sources]


@pytest.mark.parametrize("source", ["%%writefile helps.py\nx = 1", "%load_ext autoreload", "!ls"])
def test_magics_run(source: str) -> None:
    """Nobody knows what they are for; the cells beside them may be left out all the same."""
    cells = [Cell(1, source), Cell(2, SCALE)]
    assert left_out(cells, Given(frozenset({source, SCALE}), frozenset())) == {2}


@pytest.mark.parametrize("source", ["from helps import *", "exec('def f(): pass')", "globals()['f'] = 1", "f = ("])
def test_where_a_given_cell_may_bind_anything_all_run(source: str) -> None:
    """Its names are not to be read."""
    assert left_out([Cell(1, source), Cell(2, SCALE)], Given(frozenset({source, SCALE}), frozenset())) == frozenset()


def test_the_cell_that_finds_the_handout_does_nothing_here() -> None:
    """Though it looks at `globals()`."""
    first = first_cell("01_toy")
    handed_out = Given(frozenset({first, SCALE}), frozenset(), first)
    assert left_out([Cell(1, first), Cell(2, SCALE)], handed_out) == {1, 2}
    assert left_out([Cell(1, f"{first}\n# mine"), Cell(2, SCALE)], handed_out) == frozenset()


@pytest.mark.parametrize(
    "changes",
    [
        "for row in table:\n    row.zero_()",
        "shuffle(table)",
        "same = table\nsame.append(1)",
        "last = table.pop()",
        "def once():\n    table.append(1)",
        "setattr(table, 'x', 1)",
    ],
)
def test_what_may_change_a_value_in_place_runs(changes: str) -> None:
    """Who uses a value that is needed may change it; who calls a needed function does not change that."""
    cells = [Cell(1, DATA), Cell(2, changes), Cell(3, HELPS), Cell(4, "print(helper(3))"), Cell(5, "f = table, helper")]
    handed_out = Given(frozenset({DATA, changes, HELPS, "print(helper(3))"}), frozenset())
    assert left_out(cells, handed_out) == {4}


@pytest.mark.parametrize(
    "acts",
    [
        "os.makedirs('checkpoints')",
        "torch.save(1, 'x.pt')",
        "with open('a.csv', 'w') as file:\n    print(1, file=file)",
        "torch.Tensor.twice = abs",
        "os.environ['X'] = '1'",
        "torch.set_default_dtype(torch.float64)",
        "Path('x').write_text('1')",
        "from __future__ import annotations",
    ],
)
def test_what_acts_without_a_name_runs(acts: str) -> None:
    """To draw and to seed is no act."""
    draws = "plt.figure()\nplt.rcParams.update(x=1)\ntorch.manual_seed(0)\ndata = open('data.csv').read()"
    cells = [Cell(1, "import torch, os\nimport matplotlib.pyplot as plt"), Cell(2, acts), Cell(3, draws)]
    assert left_out(cells, Given(frozenset(cell.source for cell in cells), frozenset())) - {1} == {3}


@pytest.mark.parametrize(
    "source",
    [
        "x = " + " + ".join("1" * 2000),
        "if a: pass\n" + "".join(f"elif a == {i}: pass\n" for i in range(900)),
        "x = s" + ".replace('a', 'b')" * 900,
        "x = " + "not " * 900 + "y",
        "".join(f"def a{i}(): 0\n" for i in range(40_000)),
        "x = [" + "1, " * 300_000 + "]",
        "x = '\ud800'",
        "x = 1\0",
    ],
    ids=["sum", "elif", "calls", "not", "functions", "list", "surrogate", "null"],
)
def test_whatever_a_student_writes_is_read_quickly_or_everything_runs(source: str) -> None:
    """Nothing is raised, and nothing is left out that might be needed."""
    cells = [Cell(1, SCALE), Cell(2, source)]
    started = time.process_time()
    assert left_out(cells, Given(frozenset({SCALE}), frozenset())) in ({1}, set())
    assert left_out([Cell(n, f"{source[:9000]}\n# {n}") for n in range(100)], Given(frozenset(), frozenset())) == set()
    assert time.process_time() - started < 30, "a bound against growth with the square, not a measure"


def test_the_name_of_the_cell_that_finds_the_handout() -> None:
    """Whoever uses it needs that cell."""
    first = first_cell("01_toy")
    handed_out = Given(frozenset({first, SCALE}), frozenset(), first)
    assert left_out([Cell(1, first), Cell(2, SCALE), Cell(3, '_find_handout("x")')], handed_out) == frozenset()


def test_what_a_check_asks_for_runs() -> None:
    """Though no cell of the student's uses it."""
    assert kept(asked="f scale") == [SCALE]


def test_a_given_cell_twice_and_one_of_a_question() -> None:
    """A copy is as it was handed out; a question's cell never is, whatever stands in it."""
    cells = [Cell(1, SCALE), Cell(2, SCALE), Cell(3, SCALE, question="q")]
    assert left_out(cells, Given(frozenset({SCALE}), frozenset())) == {1, 2}
    assert left_out(cells, None) == frozenset()


@pytest.mark.parametrize(
    ("source", "due"),
    [
        ("x = x + 1", "x"),
        ("x = 1\ny = x", ""),
        ("y = (x := 2) + x", ""),
        ("if ready:\n    x = 1\nprint(x)", "ready print x"),
        ("if ready:\n    x = 1\nelse:\n    x = 2\nprint(x)", "ready print x"),
        ("with opened as file:\n    file.read()", "opened"),
        ("for a, b in pairs:\n    c = a\nc", "pairs c"),
        ("while ready:\n    x = 1\nx", "ready x"),
        ("with opened as file:\n    x = 1\nx", "opened x"),
        ("try:\n    x = 1\nexcept ValueError as error:\n    error\nx", "ValueError x"),
        ("try:\n    pass\nfinally:\n    x = 1\nx", ""),
        ("ready and (x := 3)\nx", "ready x"),
        ("a = (x := 3) if ready else x\nx", "ready x"),
        ("def f():\n    class A:\n        x = x\n    return A", "x"),
        ("def f(a: h = b, *args: i, c=d) -> e:\n    return g", "b d e g h i"),
        ("x = 1\ndef f():\n    return x", "x"),
        ("h = lambda a, b=c: a + d", "c d"),
        ("[a for a in many if a > least]\na", "many least a"),
        ("{k: v for k, v in many}", "many"),
        ("class A(Base, metaclass=M):\n    x = 1\n    y = x\n    def f(self):\n        return z\nA", "Base M z"),
        ("from a import b as c\nimport d.e\nc, d", ""),
        ("match value:\n    case [first]:\n        first\n", "value first"),
        ("x[i] = 1\ny.z = 2", "x i y"),
        ("def f():\n    global n\n    n += 1", "n"),
        ("x: kind = y\nz: kind\nz", "kind y z"),
    ],
)
def test_names_that_a_cell_takes_from_elsewhere(source: str, due: str) -> None:
    """Those that it uses before it binds them, and all that its functions use."""
    assert Names.of(source).takes == set(due.split())


def test_what_is_known_of_an_assignment(tmp_path: Path) -> None:
    """Its own names, and what its suite asks a notebook for, also where it hands it on to somebody."""
    root = shutil.copytree(TOY, tmp_path / "course")
    assert given(Course(root), "01_toy") is None, "nothing is left out unless the author says so"
    settings = root / "assignments" / "01_toy" / "assignment.toml"
    settings.write_text('shown_by = "when_solved"\n' + settings.read_text())
    hidden = root / "tests" / "hidden" / "01_toy"
    (hidden / "test_root.py").write_text('def test_x(student):\n    """X."""\n    assert student.threshold\n')
    (hidden / "test_double.py").write_text('def test_y(student):\n    """Y."""\n    ask(student, "bias")\n')
    (hidden / "shared.py").write_text("def ask(notebook, name):\n    return notebook.weight\n")
    found = given(Course(root), "01_toy")
    assert found is not None and {"double", "root", "threshold", "bias"} <= found.asked
    assert "pytest" not in found.asked and any("import torch" in source for source in found.sources)
