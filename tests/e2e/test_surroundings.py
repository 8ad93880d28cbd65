"""What one function leaves changed for the whole process is nobody else's loss.

Two notebooks for each kind: in one the function `double` changes it and returns the right answer, in the other a cell
does. All are graded as one class, of a course that also asks `double` to leave everything as it was.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cases import TOY, Case, Graded, grade_cases

from grader.asking.surroundings import WORDS

pytestmark = pytest.mark.timeout(600)

ALL_RIGHT = (TOY.parent / "all_right" / "notebook.py").read_text(encoding="utf-8")
ASKS = '''

def test_surroundings(student, leaves_as_it_was, rng):
    """It leaves the notebook's surroundings as they were."""
    leaves_as_it_was(student.double, [(torch.rand(4, generator=rng),)])
'''

# By kind: what changes it, in one line.
LEAKS = {
    "inference": "double.kept = torch.inference_mode(); double.kept.__enter__()",
    "gradients": "torch.set_grad_enabled(False)",
    "dtype": "torch.set_default_dtype(torch.float64)",
    "device": "torch.set_default_device('meta')",
    "modes": "torch.device('meta').__enter__()",
    "deterministic": "torch.use_deterministic_algorithms(True)",
    "threads": "torch.set_num_threads(2)",
    "backends": "torch.backends.cudnn.benchmark = True; torch.set_float32_matmul_precision('medium')",
    "autocast": "torch.autocast('cpu', dtype=torch.bfloat16).__enter__()",
    "anomaly": "torch.autograd.set_detect_anomaly(True)",
    "denormals": "torch.set_flush_denormal(True)",
    "hooks": "torch.nn.modules.module.register_module_forward_hook(lambda *args: None)",
    "numpy": "import numpy; numpy.seterr(all='raise')",
    "printing": "torch.set_printoptions(precision=1)",
    "warnings": "import warnings; warnings.simplefilter('error')",
    "folder": "import os; os.makedirs('elsewhere', exist_ok=True); os.chdir('elsewhere')",
    "environment": "import os; os.environ['OMP_NUM_THREADS'] = '7'; os.environ.pop('HOME', None)",
    "path": "import sys; sys.path.clear()",
    "recursion": "import sys; sys.setrecursionlimit(150)",
    "plots": "import matplotlib; matplotlib.rcParams['font.size'] = 99.0",
    "streams": "import io, sys; sys.stdout = io.StringIO()",
    "tracing": "import sys; sys.settrace(lambda *args: None)",
    "garbage": "import gc; gc.disable()",
}
BY_FUNCTION = [f"function_{kind}" for kind in LEAKS]
BY_CELL = [f"cell_{kind}" for kind in LEAKS]


def notebook(name: str) -> str:
    where, _, kind = name.partition("_")
    if where == "function":
        return ALL_RIGHT.replace("    return t * 2", f"    twice = t * 2\n    {LEAKS[kind]}\n    return twice")
    return f"{ALL_RIGHT}\n# %%\n{LEAKS[kind]}\n"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    folder = tmp_path_factory.mktemp("surroundings")
    shutil.copytree(TOY, folder / "course")
    suite = folder / "course" / "tests" / "hidden" / "01_toy" / "test_double.py"
    suite.write_text(suite.read_text(encoding="utf-8") + ASKS, encoding="utf-8")
    cases = [Case(name, folder / "cases" / name) for name in [*BY_FUNCTION, *BY_CELL]]
    for case in cases:
        case.folder.mkdir(parents=True)
        (case.folder / "notebook.py").write_text(notebook(case.name), encoding="utf-8")
    return grade_cases(cases, folder, course=folder / "course")


def test_every_kind_has_its_notebook() -> None:
    assert list(LEAKS) == [kind for kind in WORDS if kind != "card"]  # there is none: tests/unit/test_current_card.py


@pytest.mark.parametrize("name", BY_FUNCTION)
def test_the_function_that_did_it_is_told(name: str, graded: Graded) -> None:
    """It loses what its own question says about it, and the page names it; no other question loses or reads a thing."""
    kind = name.partition("_")[2]
    checks = graded.checks[name]
    assert {c["question"] for c in checks if c["status"] != "passed"} == {"double"}
    (failed,) = (c for c in checks if c["name"] == "test_surroundings")
    assert failed["message"].startswith("`double`") and WORDS[kind] in failed["message"]
    (note,) = (c["note"] for c in checks if c["note"])
    assert note.startswith("`double` changes") and WORDS[kind] in note
    assert "and does not put it back when it returns" in Path(graded.grades[name]["page"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BY_CELL)
def test_a_cell_that_did_it_costs_nothing(name: str, graded: Graded) -> None:
    """Every check starts with what the notebook began with, whatever its cells set."""
    assert graded.grades[name]["earned"] == 10, [c for c in graded.checks[name] if c["status"] != "passed"]
    assert not any(check["note"] for check in graded.checks[name])
