"""The files for machines that run tests, in their shell form: what a runner would run, on a small course."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import shell
import yaml
from cases import ROOT, TOY, Done

CI = ROOT / "deploy" / "ci"


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A course in a repository of its own, two repositories of students, and a pip that installs nothing."""
    with tempfile.TemporaryDirectory(prefix="ci-", ignore_cleanup_errors=True) as folder:  # a short path, for a socket
        yield made(Path(folder))


def made(home: Path) -> Path:
    course = Path(shutil.copytree(TOY, home / "course"))
    solved = json.loads((course / "assignments" / "01_toy" / "01_toy.ipynb").read_text())
    (home / "bin").mkdir()
    (home / "bin" / "pip").write_text(f'#!/bin/sh\necho "pip $*" >> {home}/installed\n')
    (home / "bin" / "pip").chmod(0o755)
    shell.install(home / "bin")
    for name in ("ada", "<b>bob</b>"):
        folder = home / "students" / name / "assignments" / "01_toy"
        folder.mkdir(parents=True)
        for cell in solved["cells"]:
            if cell["metadata"].get("grader", {}).get("question") == "double" and name == "ada":
                cell["source"] = "def double(t):\n    return t * 2"
        (folder / "01_toy.ipynb").write_text(json.dumps(solved))
        git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(home / "students" / name)]
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
            subprocess.run([*git, *words], check=True)
    lines = [f"{name} {home / 'students' / name}" for name in ("ada", "<b>bob</b>")]
    (course / "roster.txt").write_text("\n".join([*lines, f"gone {home / 'nowhere'}"]) + "\n")
    return home


def run(script: str, home: Path, folder: Path, **environment: str) -> Done:
    """A step of a job, as a runner starts it."""
    assert "${{" not in script, "expressions in a shell's script are how others' words become commands"
    path = f"{home / 'bin'}:{os.environ['PATH']}"
    page = home / "page.md"
    page.touch()
    known = {
        **os.environ,
        "PATH": path,
        "HOME": str(home),
        "GITHUB_STEP_SUMMARY": str(page),
        "GITHUB_WORKSPACE": str(folder),
    }
    known.pop("GRADER_COURSE", None)
    return shell.bash(script, folder, {**known, **environment}, home / "bin")


def steps(file: str, job: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Name, script and environment of each step of a workflow that is a script."""
    workflow = yaml.safe_load((CI / "github" / file).read_text())
    own = workflow["jobs"][job]
    for step in own["steps"]:
        given = {**workflow.get("env", {}), **own.get("env", {}), **step.get("env", {})}
        assert "uses" in step or "run" in step
        if "run" in step:
            yield (
                step["name"],
                step["run"],
                {key: "01_toy" if "inputs" in value else value for key, value in given.items()},
            )


@pytest.mark.slow
def test_a_push_is_proved(home: Path) -> None:
    """Proved, with a summary and a JUnit file; a mistake that passes, and the check that nothing fails then, are told.

    Only their question is proved again.
    """
    course = home / "course"
    for name, script, environment in steps("course.yml", "prove"):
        done = run(script, home, course, **environment)
        assert done.returncode == 0, (name, done.stdout, done.stderr)
    assert (home / "installed").read_text() == "pip install -e .\n"
    suite = ElementTree.parse(course / "proofs.xml").getroot()[0]
    assert suite.attrib == {"name": "01_toy", "tests": "6", "failures": "0", "errors": "0"}
    assert "| 01_toy | 5 | 0 | 0 |" in (home / "page.md").read_text()
    mistakes = course / "tests" / "mistakes" / "01_toy" / "double.py"
    right = mistakes.read_text()
    mistakes.write_text(right.replace("t + 2", "t + t"))
    [(_, script, environment)] = [step for step in steps("course.yml", "prove") if "validate" in step[1]]
    done = run(script, home, course, **environment)
    mistakes.write_text(right)
    assert done.returncode == 1
    assert done.stdout.startswith(
        "::error file=tests/mistakes/01_toy/double.py,line=5,title=MX01 passes every check of double::"
    )
    assert "| 01_toy | 5 | 4 | 2 |" in (home / "page.md").read_text()
    [case] = [case for case in ElementTree.parse(course / "proofs.xml").iter("testcase") if len(case)]
    assert case.attrib == {"classname": "01_toy", "name": "double"}


def test_a_class_of_repositories_is_graded(home: Path) -> None:
    """Each clone is graded; one that cannot be had is a student whom a person must look at; names make no markup."""
    (home / "page.md").write_text("")
    for name, script, environment in steps("class.yml", "grade"):
        done = run(script, home, home / "course", **environment)
        assert done.returncode == 0, (name, done.stdout, done.stderr)
    page = (home / "page.md").read_text()
    assert "| ada | 01_toy | 2 | 10 |  |" in page
    assert "\\<b\\>bob" in page and "<b>" not in page
    assert "| gone | | | | needs a person: " in page
    assert done.stdout.startswith("::stop-commands::")
    assert (home / "course" / "grades" / "grades.csv").is_file()


def test_a_student_checks_every_push(home: Path) -> None:
    """The public checks of each notebook, on the page of the job; the job fails while one fails."""
    (home / "page.md").write_text("")
    repository = home / "students" / "ada"
    shutil.copytree(
        home / "course" / "assignments" / "01_toy", repository / "assignments" / "01_toy", dirs_exist_ok=True
    )
    subprocess.run(["git", "-C", str(repository), "checkout", "-q", "--", "."], check=True)
    [install, check] = steps("student.yml", "check")
    assert run(install[1], home, repository, **install[2]).returncode == 0
    done = run(check[1], home, repository, **check[2])
    assert done.returncode == 1, done.stderr
    page = (home / "page.md").read_text()
    assert "| Double | 1 of 1 |  |" in page and "| Root | 0 of 1 | This is not written yet" in page


@pytest.mark.slow
def test_gitlab(home: Path) -> None:
    """The same commands; a person to look at is no failure of the pipeline."""
    jobs: dict[str, Any] = yaml.safe_load((CI / "gitlab-ci.yml").read_text())
    environment = {**jobs["variables"], "ASSIGNMENT": "01_toy"}
    shutil.rmtree(home / "course" / "clones", ignore_errors=True)
    for name in ("prove", "handout", "class"):
        allowed = jobs[name].get("allow_failure", {}).get("exit_codes", 0)
        done = run(
            "\n".join([*jobs["default"]["before_script"], *jobs[name]["script"]]), home, home / "course", **environment
        )
        assert done.returncode == allowed, (name, done.stdout, done.stderr)


def test_hooks_before_a_commit(home: Path) -> None:
    """Both lists of hooks are the same, and each command ends as it must."""
    local = yaml.safe_load((CI / "pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert local == yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    course = home / "course"
    for hook in local:
        done = run(hook["entry"], home, course, GRADER_CACHE=str(course / ".grader-cache"))
        assert done.returncode == 0, done.stdout + done.stderr
    solution = course / "solutions" / "01_toy.py"
    solution.write_text(solution.read_text().replace("A small assignment", "Another title"))
    assert run(local[0]["entry"], home, course).returncode == 1
