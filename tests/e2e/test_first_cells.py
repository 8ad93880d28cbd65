"""What real notebooks begin with: written for Colab, Kaggle, VS Code or JupyterLab, it costs a right notebook nothing.

Each style of first_cells.txt is put above a right notebook, as it is in the wild: with `import torch` below it in the
same cell. What an instructor would take a cell for is marked there. All are graded as one class.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from ancestors import shared
from cases import TOY, Case, Graded, assert_grade, grade_cases, hand_in
from walls_here import BEST

from grader.course.catalog import Course
from grader.intake import inbox
from grader.records import Status, Submission
from grader.running.pool import Pool
from grader.running.setting import Setting

pytestmark = pytest.mark.timeout(600)

ALL_RIGHT = (TOY.parent / "all_right" / "notebook.py").read_text(encoding="utf-8")
MARK = "costs its cell: "
FOUND = [part.split("\n", 1) for part in (Path(__file__).parent / "first_cells.txt").read_text().split("=== ")[1:]]
STYLES = {name: cell.strip() for name, cell in FOUND if not name.startswith(MARK)}
COSTLY = {name.removeprefix(MARK): cell.strip() for name, cell in FOUND if name.startswith(MARK)}

# Whole notebooks, in which a question uses what a cell has prepared.
WRITES_A_MODULE = """# %%
%%writefile mine.py
def twice(t):
    return t * 2

# %%
import torch
import mine
"""
PREPARES = """# %%
import os, sys
import torch
os.makedirs('lib', exist_ok=True)
open('lib/mine.py', 'w').write('def twice(t): return t * 2')
sys.path.append(os.path.abspath('lib'))
os.environ['MODULE'] = 'mine'
sys.setrecursionlimit(20_000)
os.chdir('lib')
"""
IMPORTS_LATE = """    import importlib, os, sys
    mine = importlib.import_module(os.environ['MODULE'])
    assert sys.getrecursionlimit() == 20_000
"""


def whole(first: str, extra: str = "") -> str:
    text = ALL_RIGHT.replace("# %%\nimport torch\n", first, 1)
    return text.replace("    return t * 2", f"{extra}    return mine.twice(t)", 1)


WHOLE = {"own_module": whole(WRITES_A_MODULE), "imports_late": whole(PREPARES, IMPORTS_LATE)}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    folder = tmp_path_factory.mktemp("first cells")
    texts = {name: ALL_RIGHT.replace("import torch\n", f"{cell}\nimport torch\n", 1) for name, cell in STYLES.items()}
    texts |= {name: f"# %%\n{cell}\n\n{ALL_RIGHT}" for name, cell in COSTLY.items()}
    cases = [Case(name, folder / "cases" / name) for name in [*texts, *WHOLE]]
    for case in cases:
        case.folder.mkdir(parents=True)
        (case.folder / "notebook.py").write_text({**texts, **WHOLE}[case.name], encoding="utf-8")
    return grade_cases(cases, folder)


def test_there_are_enough() -> None:
    assert len(STYLES) >= 29


@pytest.mark.parametrize("name", [*STYLES, *WHOLE])
def test_it_costs_nothing(name: str, graded: Graded) -> None:
    """No point, and no cell."""
    assert_grade(Case(name, Path(), {"points": 10}), graded)
    broken = [run for run in graded.records[name][1]["cells"] if run["status"] != "ran"]
    assert not broken, broken


@pytest.mark.parametrize("name", COSTLY)
def test_it_costs_its_own_cell(name: str, graded: Graded) -> None:
    """The cell raises, and nothing else is lost."""
    assert_grade(Case(name, Path(), {"points": 10}), graded)
    assert [run["number"] for run in graded.records[name][1]["cells"] if run["status"] != "ran"] == [1]


def test_files_beside_the_notebook(tmp_path: Path) -> None:
    """What was handed in beside it can be imported, read and changed, again by a kernel that was started anew."""
    first = "# %%\nimport torch, mine, helpers.more\nassert open('tables/x.csv').read() == '1,2'\n"
    first += "open('mine.py', 'a').write('x = 1')\n\n# %%\nimport os\nos._exit(0)\n"
    case = Case("files", tmp_path)
    (tmp_path / "notebook.py").write_text(whole(first), encoding="utf-8")
    hand_in(case, tmp_path / "in")
    texts = {"mine.py": "def twice(t): return t * 2\n", "helpers/more.py": "", "tables/x.csv": "1,2"}
    for name, text in texts.items():
        (tmp_path / "in" / "files" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "in" / "files" / name).write_text(text)
    handed = inbox.collect([tmp_path / "in"], inbox.Wanted(list(Course(TOY).assignments()))).loaded()
    submissions = [entry for entry in handed if isinstance(entry, Submission)]
    with shared(), Pool(Setting(TOY, walls=BEST), 1) as pool:
        (result,) = pool.grade(submissions)
    assert {check.status for check in result.checks} == {Status.PASSED}, result
    assert len(result.execution.deaths) == 1
