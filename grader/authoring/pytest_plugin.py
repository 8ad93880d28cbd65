"""Suites in an author's own pytest: `python -m pytest tests/hidden/01_tensors --notebook NB.ipynb`.

Every pytest of this environment loads this module. So it imports next to nothing, and does nothing unless suites of a
course are among the arguments.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from grader.authoring.examinations import Examinations


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("grader", "suites of a PyTorch course")
    group.addoption("--notebook", metavar="FILE", help="whom a suite asks. Default: the reference solution")


def pytest_configure(config: pytest.Config) -> None:
    here, notebook = config.invocation_params.dir, config.getoption("--notebook")
    if any(holds_suites(here / argument.partition("::")[0]) for argument in config.args):
        from grader.authoring.examinations import Examinations
        from grader.judge.plugin import SuitePlugin

        examinations = Examinations(here / notebook if notebook else None)
        config.pluginmanager.register(SuitePlugin(lambda item: examinations.of(item.path.parent)), "grader-suite")
        config.pluginmanager.register(Examined(examinations), "grader-examined")
    elif notebook:
        raise pytest.UsageError("--notebook: name a suite as well, such as tests/hidden/01_topic")


def holds_suites(path: Path) -> bool:
    """Whether a file or folder lies in a course's suites, hidden or public, or holds them."""
    path = path.resolve()
    for root in (path, *path.parents):
        hidden, handouts = root / "tests" / "hidden", root / "assignments"
        if hidden.is_dir() and handouts.is_dir():
            public = path.is_relative_to(handouts) and "public" in path.relative_to(handouts).parts
            return public or path.is_relative_to(hidden) or hidden.is_relative_to(path)
    return False


class Examined:
    """Makes the examinations before the first test, and runs each test where its suite runs."""

    def __init__(self, examinations: Examinations) -> None:
        self.examinations = examinations

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        from grader.errors import GraderError

        if session.config.option.collectonly:
            return
        try:
            for folder in dict.fromkeys(item.path.parent for item in session.items):
                for line in self.examinations.make(folder):
                    session.config.get_terminal_writer().line(line)
        except GraderError as error:
            raise pytest.UsageError(str(error)) from error

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        with self.examinations.inside(item.path.parent):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Item) -> Generator[None, object, object]:
        """An author sees at each check what a call does beside its result; in a grade one check pays for it."""
        from grader.errors import Failure

        done = yield
        examination = self.examinations.of(pyfuncitem.path.parent)
        if examination and (effects := examination.interview.effects):
            raise Failure(effects[0].sentence)
        return done

    def pytest_unconfigure(self) -> None:
        self.examinations.close()
