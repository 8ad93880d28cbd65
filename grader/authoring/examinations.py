"""Whom the suites ask in an author's own pytest: a notebook in a kernel, or the reference in this process."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path

from grader import devices
from grader.asking.local import LocalChannel
from grader.asking.student import Channel
from grader.course.catalog import Course
from grader.course.reference import load_reference
from grader.errors import SubmissionError, UsageError
from grader.grading.environment import versions
from grader.grading.pipeline import Bench, executed
from grader.intake.submission import make_submission
from grader.judge.plugin import Examination
from grader.judge.replaying import scratch_directory
from grader.judge.suite import Suite, interview
from grader.kernel.outside.launch import ColdLauncher
from grader.records import Execution, Student
from grader.running.setting import Setting
from grader.sandbox.levels import best_level
from grader.sandbox.scratch import remove_tree


class Examinations:
    """One examination for each suite of a run.

    Args:
        notebook: who is asked; None for the reference.
    """

    def __init__(self, notebook: Path | None) -> None:
        self.notebook = notebook
        self._made: dict[Path, tuple[Suite, Examination]] = {}
        self._stack = ExitStack()

    def make(self, folder: Path) -> Iterator[str]:
        """Make what the tests in a folder need; yields what an author should know. Raises GraderError."""
        found = _find(folder)
        if found is None:
            return
        course, id = found
        device = Setting(course.root).device_for(course.assignment(id))
        self._stack.enter_context(devices.on(device))
        suite = Suite(course.assignment(id), course.root, folder, course.handout(id))
        if folder == course.hidden(id):
            suite = replace(suite, reference=load_reference(course, id))
        if self.notebook is None:
            channel: Channel = LocalChannel(load_reference(course, id))  # not the one that the suite compares with
        else:
            yield f"running {self.notebook} in a kernel"
            execution, channel = self._execute(self.notebook, suite, device)
            yield from _what_happened(execution)
        self._made[folder] = suite, Examination(interview(suite, channel), suite.reference, seed=0)

    def _execute(self, notebook: Path, suite: Suite, device: str) -> tuple[Execution, Channel]:
        """Run the notebook in a kernel that lives until `close`."""
        try:
            data, known = notebook.read_bytes(), [suite.assignment]
            submission = make_submission(Student.named(notebook.stem), str(notebook), data, known, suite.assignment.id)
        except (OSError, SubmissionError) as error:
            raise UsageError(f"--notebook {notebook}: {error}") from error
        scratch = Path(tempfile.mkdtemp(prefix=f"grader-{os.getpid()}-")).resolve()
        self._stack.callback(remove_tree, scratch)
        level = best_level()
        bench = Bench(suite, ColdLauncher(level), versions(), device, level, seed=0)
        return self._stack.enter_context(executed(submission, bench, scratch))

    def of(self, folder: Path) -> Examination | None:
        """The examination of the tests in a folder; None for tests that are no suite's."""
        return self._made[folder][1] if folder in self._made else None

    def inside(self, folder: Path) -> AbstractContextManager[object]:
        """Where a test runs: beside the assignment's data. What the reference writes is thrown away."""
        if folder not in self._made:
            return contextlib.nullcontext()
        home = self._made[folder][0].home
        return contextlib.chdir(home) if self.notebook else scratch_directory(home)

    def close(self) -> None:
        """End the kernels."""
        self._stack.close()


def _find(folder: Path) -> tuple[Course, str] | None:
    """The course and the assignment whose hidden or public tests lie in this folder."""
    for course in map(Course, folder.parents):
        for id in course.written():
            if folder in (course.hidden(id), course.public(id)):
                return course, id
    return None


def _what_happened(execution: Execution) -> Iterator[str]:
    """The cells that did not run to their end."""
    for run in execution.cells:
        if run.trace or run.note:
            said = run.note or (run.trace and run.trace.said)
            yield f"cell {run.number}: {said}"
