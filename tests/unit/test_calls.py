"""Wrong calls of the command line: each is answered with one line that says what to change, and with its exit code.

In this process, and before anything is graded.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import TOY

from grader.cli import main

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the calls are made: a course, and files that are not what they should be."""
    home = tmp_path_factory.mktemp("calls")
    shutil.copytree(TOY, home / "course")
    shutil.copy(TOY / "assignments" / "01_toy" / "01_toy.ipynb", home / "notebook.ipynb")
    (home / "empty").mkdir()
    (home / "file").write_text("no folder")
    (home / "torn.ipynb").write_text('{"cells": [')
    answers = {
        "wrong": ("double.py", "def double(t): return t"),
        "broken": ("double.py", "def double(t) return t"),
        "named": ("duoble.py", "x = 1"),
        "unhinted": ("double.py", 'from grader import mistake\n@mistake("M", "T")\ndef double(t): return t\n'),
        "fine": ("double.py", 'from grader import alternative\n@alternative("x")\ndef double(t): return t + t\n'),
    }
    for name, (file, text) in answers.items():
        (home / name).mkdir()
        (home / name / file).write_text(text)
    for name, old, new in (
        ("no_points", "points = 2\nguards", "guards"),
        ("odd_key", "guards = [", "gaurds = ["),
        ("odd_toml", "title = ", "title "),
        ("no_title", 'title = "A small assignment"\n', ""),
    ):
        shutil.copytree(TOY, home / name)
        table = home / name / "assignments" / "01_toy" / "assignment.toml"
        table.write_text(table.read_text().replace(old, new, 1))
    for name, old, new in (("no_marker", "    # BEGIN SOLUTION\n", ""), ("no_cell", '# %% question="root"', "# %%")):
        shutil.copytree(TOY, home / name)
        solution = home / name / "solutions" / "01_toy.py"
        solution.write_text(solution.read_text().replace(old, new, 1))
    return home


@pytest.fixture
def call(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """A call of the command line in that folder: exit code, and what it printed."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GRADER_COURSE", str(folder / "course"))
    monkeypatch.setenv("GRADER_CACHE", str(folder / "cache"))
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["grader", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out, said.err

    return run


WRONG = [
    # the program
    ("grade notebook.ipynb", 2, "No such command 'grade'"),
    ("--course course run notebook.ipynb", 2, "No such option: --course"),
    ("doctor now", 2, "unexpected extra argument(s) (now)"),
    # run
    ("run", 2, "Missing argument 'paths'"),
    ("run nowhere.ipynb", 2, "nowhere.ipynb"),
    ("run empty", 2, "empty"),
    ("run notebook.ipynb --course nowhere", 2, "no course around"),
    ("run notebook.ipynb --assignment 09_none", 2, "there is no assignment '09_none' in "),
    ("run notebook.ipynb --jobs 0", 2, "'--jobs': Input should be greater than or equal to 1"),
    ("run notebook.ipynb -j two", 2, "'--jobs': Input should be a valid integer"),
    ("run notebook.ipynb --seed one", 2, "'--seed': Input should be a valid integer"),
    ("run notebook.ipynb --walls strong", 2, "'strong' is not one of 'auto', 'full', 'root', 'lite', 'none'"),
    ("run notebook.ipynb --kernels hot", 2, "'hot' is not one of 'warm', 'cold'"),
    ("run notebook.ipynb --device tpu", 2, "'tpu' is not one of"),
    ("run notebook.ipynb --walls none --require-sandbox", 2, "no sandbox stands"),
    ("run notebook.ipynb --ot grades", 2, "No such option: --ot"),
    ("run notebook.ipynb --out", 2, "requires an argument"),
    ("run notebook.ipynb --out file", 2, "file: no folder can be made there (File exists)"),
    ("run notebook.ipynb --github", 2, "there is no GITHUB_STEP_SUMMARY"),
    # check
    ("check", 2, "Missing argument 'notebook'"),
    ("check nowhere.ipynb", 2, "nowhere.ipynb"),
    ("check notebook.ipynb torn.ipynb", 2, "unexpected extra argument(s) (torn.ipynb)"),
    ("check torn.ipynb", 2, "torn.ipynb"),
    ("check notebook.ipynb --github", 2, "there is no GITHUB_STEP_SUMMARY"),
    # build
    ("build 09_none", 2, "there is no assignment '09_none' in "),
    ("build 01_toy --chek", 2, "No such option: --chek"),
    ("build --course no_marker", 1, "01_toy.py:15: a region begins without an end, or ends without a beginning"),
    ("build --course no_cell", 1, "a solution region in a cell without a question"),
    ("build --course no_points", 1, "assignment.toml: double.points: is missing; write it"),
    ("build --course odd_key", 1, "assignment.toml: double.gaurds: is no key that we know; did you mean guards?"),
    ("build --course odd_toml", 1, "assignment.toml: no TOML: "),
    ("build --course no_title", 1, "assignment.toml: title: is missing; write it"),
    # validate
    ("validate 09_none", 2, "there is no assignment '09_none' in "),
    ("validate -q dobule", 2, "there is no question 'dobule' in 01_toy (there are: double, "),
    ("validate --quick -q dobule", 2, "there is no question 'dobule' in 01_toy (there are: double, "),
    ("validate --jobs -1", 2, "'--jobs': Input should be greater than or equal to 1"),
    ("validate -q", 2, "requires an argument"),
    ("validate --junit nowhere/report.xml", 2, "nowhere/report.xml: there is no such folder"),
    ("validate --github", 2, "there is no GITHUB_STEP_SUMMARY"),
    # new
    ("new", 2, "Missing argument 'assignment'"),
    ("new topic", 2, "'topic' is no id of an assignment"),
    ("new ../06_topic", 2, "'../06_topic' is no id of an assignment"),
    ("new 01_toy", 2, "there is an assignment 01_toy already"),
    # try
    ("try", 2, "Missing argument 'assignment'"),
    ("try 01_toy", 2, "Missing argument 'answers'"),
    ("try 09_none fine", 2, "there is no assignment '09_none' in "),
    ("try 01_toy nowhere", 2, "nowhere: there is no such folder of answers"),
    ("try 01_toy empty", 2, "empty: no answers in it"),
    ("try 01_toy fine wrong", 2, "wrong: there is one folder of answers"),
    ("try 01_toy fine --seeds 0 one", 2, "one: there is one folder of answers, and seeds are whole numbers"),
    ("try 01_toy fine --seeds one", 2, "'--seeds': Input should be a valid integer"),
    ("try 01_toy wrong", 1, "double.py:1: double is marked neither as mistake nor as alternative"),
    ("try 01_toy broken", 1, "double.py:1: no Python: "),
    ("try 01_toy named", 1, "there is no question 'duoble'"),
    ("try 01_toy unhinted", 1, "double.py:3: the hint of this mistake is missing"),
    # demo
    ("demo --jobs 0", 2, "'--jobs': Input should be greater than or equal to 1"),
    ("demo file", 2, "no folder can be made there (Not a directory)"),
]


@pytest.mark.parametrize(("words", "code", "said"), WRONG, ids=[words for words, _, _ in WRONG])
def test_a_wrong_call_is_one_line(words: str, code: int, said: str, call: Call) -> None:
    """On the error stream, with what to change; nothing else is printed."""
    ended, out, err = call(*words.split())
    assert (ended, out) == (code, ""), err
    assert err.startswith("grader: ") and err.count("\n") == 1 and "Traceback" not in err, err
    assert said in err
    assert len(err) < 700


@pytest.mark.parametrize("words", ["-h", "--help", "run -h", "validate --help", "try -h"])
def test_help(words: str, call: Call) -> None:
    """Either word shows it."""
    code, out, err = call(*words.split())
    assert (code, err) == (0, "") and "Usage: grader" in out


def test_version(call: Call) -> None:
    """One line with the name and the number."""
    code, out, _ = call("--version")
    assert code == 0 and out.startswith("grader ") and out.count("\n") == 1


def test_completion(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell is told of commands, options and the course's assignments."""
    assert "--install-completion" in call("--help")[1]
    monkeypatch.setenv("_GRADER_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "grader validate 01")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert "01_toy" in call()[1]


def test_stale_handouts(call: Call, folder: Path) -> None:
    """`grader build --check` writes nothing, names what is stale, and ends with exit code 1."""
    assert call("build", "--check")[:2] == (0, "")
    handout = folder / "course" / "assignments" / "01_toy" / "01_toy.ipynb"
    notebook = json.loads(handout.read_text())
    notebook["cells"][0]["source"] = ["# Another title"]
    handout.write_text(json.dumps(notebook))
    code, out, _ = call("build", "--check")
    assert (code, out) == (1, f"{handout}: is not what its solution makes; run `grader build 01_toy`\n")
    assert json.loads(handout.read_text()) == notebook
    assert call("build")[0] == 0 and call("build", "--check")[0] == 0
