"""What a developer runs: python -m nox

python -m nox               lint, types, and the tests of every day
python -m nox -s slow       the tests that take long
python -m nox -s browser    a handout in JupyterLab, in a browser
python -m nox -s versions   the tests of every day with each Python and each PyTorch, in environments of their own;
                            `--envdir FOLDER` says where these are made, 3 to 5 GB each, and `-k` chooses some
"""

from __future__ import annotations

import sys

import nox

nox.options.sessions = ["lint", "tests"]
nox.options.default_venv_backend = "virtualenv"

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
TORCHES = ("2.11", "2.12", "2.13", "2.14")  # of the last year, as far as there is a torchvision for them
HERE = sys.executable
EVERYWHERE = (
    "-m",
    "grader.errors",
    "-m",
    "grader.text",
    "-p",
    "grader.records",
    "-p",
    "grader.simcuda",
    "-p",
    "grader.asking",
    "-p",
    "grader.notebook",
    "-p",
    "grader.rehearsal",
    "-m",
    "grader.cli.check",
)  # what runs on a student's machine
PYTEST = ("-m", "pytest", "-n", "auto", "--dist", "loadfile")


@nox.session(venv_backend="none")
def lint(session: nox.Session) -> None:
    """Style and types."""
    session.run(HERE, "-m", "ruff", "check", ".")
    session.run(HERE, "-m", "ruff", "format", "--check", ".")
    session.run(HERE, "-m", "mypy")
    for platform in ("win32", "darwin"):
        session.run(HERE, "-m", "mypy", "--platform", platform, *EVERYWHERE)


@nox.session(venv_backend="none")
def tests(session: nox.Session) -> None:
    """The tests of every day."""
    session.run(HERE, *PYTEST, *session.posargs)


@nox.session(venv_backend="none")
def slow(session: nox.Session) -> None:
    """The tests that take long."""
    session.run(HERE, *PYTEST, "-m", "slow", *session.posargs)


@nox.session(venv_backend="none")
def browser(session: nox.Session) -> None:
    """A student's first hour in JupyterLab, by clicks and keys; the pictures lie in the folder GRADER_PICTURES."""
    session.run(HERE, "-m", "pip", "install", "--quiet", "-e", ".[browser]")
    session.run(HERE, "-m", "pytest", "-rs", "-m", "slow", "tests/e2e/test_jupyterlab.py", *session.posargs)


@nox.session(python=PYTHONS)
@nox.parametrize("torch", TORCHES)
def versions(session: nox.Session, torch: str) -> None:
    """The tests of every day with one Python and one PyTorch."""
    session.install("-e", ".[dev]", f"torch=={torch}.*")
    session.run("python", *PYTEST, *session.posargs)
