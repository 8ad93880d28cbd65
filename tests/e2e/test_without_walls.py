"""Without walls, code runs with the grader's rights. What it does to files is then its own loss, and nobody else's."""

from __future__ import annotations

import os
import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from ancestors import shared
from cases import TOY, Case, Graded, grade_cases, hand_in

from grader.course.catalog import Course
from grader.kernel.outside.launch import last_line
from grader.records import Check, Status
from grader.running.pool import Pool
from grader.running.setting import Setting
from grader.sandbox import levels
from grader.sandbox.policy import Level
from grader.sandbox.scratch import remove_tree, renew_scratch

pytestmark = pytest.mark.timeout(600)

ALL_RIGHT = (TOY.parent / "all_right" / "notebook.py").read_text(encoding="utf-8")
ALL_WRONG = "# %%\ndef double(t): return t\ndef root(t): return t\nmean_of = flatten_images = rows_of_file = double\n"
SCRATCH = "import os, shutil\nfrom pathlib import Path\nwork = Path.cwd()\nscratch = work.parent\n"
AS_LINK = "os.chdir('/')\nshutil.rmtree(work)\nwork.symlink_to('/etc')\n"

# What a last cell does to its folders, or to what judges it; each ends its kernel, so that another one must start.
DEEDS = {
    "overwrites_the_suite": """
for path in Path('@COURSE@').rglob('test_*.py'):
    path.write_text('def test_it(student):\\n    "It is right."\\n')
""",
    "work_is_a_link": AS_LINK,
    "scratch_is_gone": "os.chdir('/')\nshutil.rmtree(scratch)\n",
    "scratch_is_a_file": "os.chdir('/')\nshutil.rmtree(scratch)\nscratch.write_text('x')\n",
    "scratch_is_locked": "os.chmod(scratch, 0)\n",
    "log_is_a_pipe": "os.remove(scratch / 'stderr')\nos.mkfifo(scratch / 'stderr')\n",
    "sockets_are_folders": "os.remove(scratch / 'k-1')\n(scratch / 'k-1' / 'x').mkdir(parents=True)\n",
}
EVERY_DAY = ("overwrites_the_suite", "scratch_is_a_file", "log_is_a_pipe")  # a folder, a file, what judges
COLD = ("work_is_a_link", "log_is_a_pipe")


def notebook(deed: str, answers: str, course: Path) -> str:
    last = f"# %%\n{SCRATCH}{DEEDS[deed]}{AS_LINK if deed == 'overwrites_the_suite' else ''}os._exit(0)\n"
    return f"{answers}\n\n{last.replace('@COURSE@', str(course / 'tests' / 'hidden'))}"


def grade(folder: Path, texts: dict[str, str], *options: str) -> Graded:
    cases = [Case(name, folder / "cases" / name) for name in texts]
    for case in cases:
        case.folder.mkdir(parents=True)
        (case.folder / "notebook.py").write_text(texts[case.name], encoding="utf-8")
    return grade_cases(cases, folder, "--walls", "none", "-j", "1", *options, course=folder / "course")


@pytest.fixture(scope="module")
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """All deeds that are asked for as one class."""
    tests = [item for item in request.session.items if isinstance(item, pytest.Function) and item.path == request.path]
    deeds = {item.callspec.params["deed"] for item in tests if "deed" in getattr(item, "fixturenames", ())}
    folder = tmp_path_factory.mktemp("without walls")
    shutil.copytree(TOY, folder / "course")
    texts = {
        f"{who} {deed}": notebook(deed, answers, folder / "course") for deed in sorted(deeds) for who, answers in WHO
    }
    return grade(folder, {**texts, "honest": ALL_RIGHT})


WHO = (("right", ALL_RIGHT), ("wrong", ALL_WRONG))


@pytest.mark.parametrize(
    "deed", [pytest.param(deed, marks=[] if deed in EVERY_DAY else pytest.mark.slow) for deed in DEEDS]
)
def test_wrong_answers_stay_wrong(deed: str, graded: Graded) -> None:
    """Nothing is judged by what a notebook has written; the right answers of another one pass all the same."""
    assert graded.grades[f"wrong {deed}"]["earned"] == 0
    assert graded.grades[f"right {deed}"]["earned"] == 10, graded.checks[f"right {deed}"]


def test_the_neighbour_noticed_nothing(graded: Graded) -> None:
    assert graded.grades["honest"]["earned"] == 10
    assert {grade["status"] for grade in graded.grades.values()} == {"complete", "none"}, "nobody is unjudged"


@pytest.mark.slow
def test_kernels_of_their_own(tmp_path: Path) -> None:
    """The same with a fresh process for each kernel."""
    shutil.copytree(TOY, tmp_path / "course")
    texts = {deed: notebook(deed, ALL_RIGHT, tmp_path / "course") for deed in COLD}
    graded = grade(tmp_path, {**texts, "honest": ALL_RIGHT}, "--kernels", "cold")
    assert {name: grade["earned"] for name, grade in graded.grades.items()} == dict.fromkeys([*COLD, "honest"], 10)


# ---- what is judged by


def test_no_second_try_after_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be judged is not judged by something else: it stays so, and says why."""
    shutil.copytree(TOY, tmp_path / "course")
    course = Course(tmp_path / "course")
    hand_in(Case("a", TOY.parent / "all_right"), tmp_path / "in")
    from grader.intake import inbox

    handed = inbox.collect([tmp_path / "in"], inbox.Wanted(list(course.assignments()))).loaded()
    with shared(), Pool(Setting(course.root, walls=Level.NONE), 1) as pool:
        (right,) = pool.grade(handed)
        open_ = replace(right, checks=tuple(replace(c, status=Status.UNJUDGED, staff="?") for c in right.checks))
        tried = []

        def attempt(orders: list[object], load: object, later: object) -> list[object]:
            tried.append(len(orders))
            suite = course.hidden("01_toy") / "test_double.py"
            suite.write_text(suite.read_text() + "\n# changed\n")
            return [(orders[0], open_)]

        monkeypatch.setattr(pool, "_attempt", attempt)
        (result,) = pool.grade(handed)
    first: Check = result.checks[0]
    assert tried == [1] and first.status is Status.UNJUDGED
    assert "not tried again: 01_toy was changed while the class was graded" in first.staff


# ---- files that a kernel could touch


def test_a_log_is_read_without_waiting(tmp_path: Path) -> None:
    """A pipe, a link, a folder: nothing is read, at once."""
    (tmp_path / "log").write_text("one\ntwo\n")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("log")
    said: list[str] = []
    names = ("log", "pipe", "link", ".", "nothing")
    reader = threading.Thread(target=lambda: said.extend(last_line(tmp_path / name) for name in names), daemon=True)
    started = time.monotonic()
    reader.start()
    reader.join(20)
    assert said == ["two", "", "", "", ""], f"after {time.monotonic() - started:.0f} s"


def test_folders_that_are_none(tmp_path: Path) -> None:
    """What stands in the place of a folder goes; what a link leads to stays."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "x").write_text("x")
    made = tmp_path / "made"
    for spoil in (lambda: made.symlink_to("kept"), made.touch, lambda: os.mkfifo(made), lambda: made.mkdir(mode=0)):
        spoil()
        renew_scratch(made)
        assert made.is_dir() and not made.is_symlink() and len(list(made.iterdir())) == 1
        remove_tree(made)
    assert (tmp_path / "kept" / "x").read_text() == "x"


# ---- whose code runs without walls


def test_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no walls can be raised, other people's notebooks are not graded before somebody has written so."""
    from grader import cli

    monkeypatch.setattr(levels, "best_level", lambda: Level.NONE)
    hand_in(Case("a", TOY.parent / "all_right"), tmp_path / "in")
    monkeypatch.setattr("sys.argv", ["grader", "run", str(tmp_path / "in"), "--course", str(TOY)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "--walls none" in said and "docker" in said and said.count("\n") == 1
