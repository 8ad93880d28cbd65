"""`grader validate` as an author types it: proofs in kernels, in this process, and remembered."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from cases import TOY, grader

from grader.authoring.material import Material
from grader.authoring.proofs import HANDOUT, REFERENCE, standing_faults, standing_name
from grader.authoring.trials import Trial, ask
from grader.course.catalog import Course
from grader.running.pool import Pool

MISTAKES = "tests/mistakes/01_toy"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOY, tmp_path / "course"))


def edit(course: Path, name: str, old: str, new: str) -> Path:
    path = course / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return path


def validate(course: Path, *options: object) -> subprocess.CompletedProcess[str]:
    return grader("validate", "--cache", course.parent / "cache", *options, course=course)


def test_only_what_changed_is_proved_again(course: Path) -> None:
    """The first time in kernels; then not at all; after one edit one question, in which the new fault is found.

    Of public checks nothing is asked but themselves.
    """
    first = validate(course)
    assert (first.returncode, first.stdout) == (0, "no fault\n"), first.stdout + first.stderr
    assert "proving: 20 of 20" in first.stderr
    second = validate(course)
    assert (second.returncode, second.stdout) == (0, "no fault\n")
    assert second.stderr == "5 of 5 questions were proved before\n"
    edit(course, "assignments/01_toy/public/test_double.py", "tensor([2, 4]), ", "tensor([2, 4]),  ")
    public = validate(course)
    assert (public.returncode, public.stdout) == (0, "no fault\n"), public.stdout + public.stderr
    assert "proving: 2 of 2" in public.stderr and "4 of 5 questions were proved before" in public.stderr
    edit(course, f"{MISTAKES}/root.py", "return t**2", "return t.double().sqrt().to(t.dtype)")
    third = validate(course)
    assert third.returncode == 1
    assert third.stderr.splitlines()[-1] == "4 of 5 questions were proved before"
    assert third.stdout.splitlines() == [
        f"{course / MISTAKES / 'root.py'}:5: MX03 passes every check of root; sharpen a check",
        f"{course / 'tests/hidden/01_toy/test_root.py'}::test_values: no known mistake fails this check; "
        "write down the mistake it is for, or drop it",
        "2 faults",
    ]
    assert validate(course).stdout == third.stdout, "a fault is not forgotten"


@pytest.mark.parametrize("public", [False, True], ids=["hidden", "public"])
def test_what_was_asked_nothing_proves_nothing(public: bool) -> None:
    """Where a suite cannot be had, there are no checks, not even unjudged ones."""
    said = {standing_name(who, public): () for who in (REFERENCE, HANDOUT)}
    toy = Material.of(Course(TOY), "01_toy")
    faults = [fault.what for fault in standing_faults(toy, "double", said, public=public)]
    assert [what for what in faults if "was asked nothing about double" in what] == faults
    assert len(faults) == 2


@pytest.mark.parametrize("options", [[], ["--quick"]], ids=["kernels", "quick"])
def test_a_course_that_cannot_be_read_is_not_proved(course: Path, options: list[str]) -> None:
    """A typing error in `course.toml` is said once, whatever is proved."""
    (course / "course.toml").write_text('timezone = "Europe/Zurch"\nlat = 3\n', encoding="utf-8")
    proof = validate(course, *options)
    assert (proof.returncode, proof.stdout) == (2, "")
    assert [line.split(": ")[2] for line in proof.stderr.splitlines()] == ["timezone", "lat"]


@pytest.mark.slow
def test_a_proof_that_was_cut_off_goes_on(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its notebooks answered is not asked again, and the proof says the same; then nothing of it is left."""
    edit(course, f"{MISTAKES}/root.py", "return t**2", "return t.double().sqrt().to(t.dtype)")
    asked: list[int] = []

    def asking(pool: Pool, trials: Sequence[Trial], tell: Callable[[], None] = lambda: None) -> Iterator[Any]:
        asked.append(len(trials))
        for count, found in enumerate(ask(pool, trials, tell)):
            if len(asked) == 1 and count == 7:
                raise KeyboardInterrupt
            yield found

    monkeypatch.setattr("grader.authoring.validate.ask", asking)
    assert validate(course).returncode == 130
    whole = validate(course)
    assert asked[:2] == [20, 13]
    assert whole.returncode == 1 and whole.stdout.splitlines()[-1] == "2 faults"
    assert validate(course).stdout == whole.stdout
    assert not list((course.parent / "cache").rglob("*.answer"))


@pytest.mark.parametrize("options", [pytest.param([], marks=pytest.mark.slow), ["--quick"]], ids=["kernels", "quick"])
def test_faults_that_both_proofs_find(course: Path, options: list[str]) -> None:
    """In kernels and in this process: a public check against the reference, a mistake felt where nobody said so."""
    edit(course, "assignments/01_toy/public/test_double.py", "tensor([2, 4]), ", "tensor([2, 5]), ")
    edit(course, "assignments/01_toy/assignment.toml", 'needs = ["mean_of"]\n', "")
    proof = validate(course, *options)
    assert proof.returncode == 1
    said = proof.stdout
    assert "public/test_double.py: the reference has failed double::test_two" in said
    assert f"{course / MISTAKES / 'mean_of.py'}:10: MX06 fails rows_of_file::" in said
    assert "write needs = ['mean_of'] at 'rows_of_file'" in said


@pytest.mark.parametrize("options", [pytest.param([], marks=pytest.mark.slow), ["--quick"]], ids=["kernels", "quick"])
def test_one_question(course: Path, options: list[str]) -> None:
    """Only its faults are found and told, by either form of the proof."""
    edit(course, f"{MISTAKES}/root.py", "t**2", "t.sqrt()")
    edit(course, f"{MISTAKES}/double.py", "return t + 2", "return t * 2")
    proof = validate(course, "-q", "double", *options)
    assert proof.returncode == 1
    assert "MX01 passes every check of double" in proof.stdout and "MX03" not in proof.stdout


@pytest.mark.parametrize("options", [[], ["--quick"], ["01_toy"]])
def test_a_question_that_nobody_has(course: Path, options: list[str]) -> None:
    """It is an error of the call, and not "no fault"."""
    proof = validate(course, "-q", "dobule", *options)
    assert (proof.returncode, proof.stdout) == (2, "")
    assert proof.stderr.startswith("grader: there is no question 'dobule' in 01_toy (there are: double, ")
    assert proof.stderr.count("\n") == 1
