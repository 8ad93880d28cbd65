"""A suite in an author's own pytest, and other people's pytest beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cases import TOY, Case, hand_in

from grader.authoring.examinations import Examinations
from grader.errors import UsageError

SUITE = TOY / "tests" / "hidden" / "01_toy"


def run_pytest(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)


def outcomes(report: Path) -> dict[str, str]:
    """What became of each test in a report of JUnit's form, by question and name."""
    return {
        f"{case.get('classname', '').rpartition('test_')[2]}.{case.get('name')}": case[0].tag if len(case) else "passed"
        for case in ElementTree.parse(report).iter("testcase")
    }


def test_without_a_notebook_the_reference_is_asked(tmp_path: Path) -> None:
    """Hidden and public suites pass, also one file of them; nothing is written beside them."""
    before = sorted(TOY.rglob("*"))
    report = tmp_path / "all.xml"
    done = run_pytest(SUITE, TOY / "assignments" / "01_toy" / "public", "--junit-xml", report, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert set(outcomes(report).values()) == {"passed"} and len(outcomes(report)) > 10
    assert [path for path in sorted(TOY.rglob("*")) if "__pycache__" not in path.parts] == [
        path for path in before if "__pycache__" not in path.parts
    ]


def test_a_notebook_is_asked_in_a_kernel(tmp_path: Path) -> None:
    """What it gets wrong fails, with pytest's own options, and the words that a student would read."""
    hand_in(Case("returns_none", TOY.parent / "returns_none"), tmp_path)
    [notebook] = tmp_path.rglob("*.ipynb")
    report = tmp_path / "some.xml"
    options = ("--notebook", notebook.relative_to(tmp_path), "-k", "double or flatten", "--junit-xml", report)
    done = run_pytest(SUITE, *options, cwd=tmp_path)
    assert done.returncode == 1, done.stdout
    assert "failure" in outcomes(report).values() and "expected a tensor, got None" in done.stdout
    assert {name.partition(".")[0] for name in outcomes(report)} == {"double", "flatten_images"}


def test_a_notebook_that_is_not_there() -> None:
    """It is an error of the call, and the next test shows that such a one is one line."""
    found = Examinations(Path("nothing.ipynb"))
    try:
        with pytest.raises(UsageError, match=r"--notebook nothing\.ipynb: .*No such file"):
            list(found.make(SUITE))
    finally:
        found.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param((SUITE, "--notebook", "nothing.ipynb"), "nothing.ipynb: ", marks=pytest.mark.slow),
        ((".", "--notebook", "nothing.ipynb"), "name a suite as well"),
    ],
)
def test_wrong_use_is_one_line(arguments: tuple[object, ...], said: str, tmp_path: Path) -> None:
    """As everywhere."""
    done = run_pytest(*arguments, cwd=tmp_path)
    assert done.returncode == 4 and said in done.stderr + done.stdout and "Traceback" not in done.stderr


def test_other_tests_are_left_alone(tmp_path: Path) -> None:
    """In another project there is an option more, and nothing else: no fixture, and not even PyTorch."""
    (tmp_path / "test_other.py").write_text(
        "import sys\n\ndef test_it(request):\n    assert 'torch' not in sys.modules\n"
        "    assert not request._fixturemanager.getfixturedefs('student', request.node)\n"
    )
    assert run_pytest(cwd=tmp_path).returncode == 0
