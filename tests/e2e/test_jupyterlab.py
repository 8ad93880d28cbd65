"""A new student in JupyterLab: unpack the handout, answer three questions, check, hand in.

It needs JupyterLab and Playwright (`pip install -e '.[browser]'`) and a Chromium of the system's. The pictures lie in
the folder that GRADER_PICTURES names.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from cases import ROOT, Graded, grader

from grader.authoring import handouts
from grader.course.catalog import Course
from grader.course.notebooks import solved_notebook
from grader.intake.seal import is_intact, receipt_of
from grader.intake.submission import read_cells, read_notebook

ID = "01_tensors"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = [name for name in ("jupyterlab", "playwright") if find_spec(name) is None] + ["Chromium"] * (not CHROMIUM)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"to be tried in JupyterLab there is missing: {', '.join(MISSING)}"),
]
PATIENCE = 300  # seconds; nothing here is measured
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # all cells are in the page, also those out of sight
    "apputils-extension/notification": {"fetchNews": "false"},
}
SUBMIT = f'!"{sys.executable}" grader.pyz submit {ID}.ipynb'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked archive, and nothing else."""
    folder = tmp_path_factory.mktemp("student")
    packed = handouts.archive(handouts.handout(Course(ROOT), ID), ID)
    zipfile.ZipFile(io.BytesIO(packed)).extractall(folder)
    return folder / ID


@pytest.fixture(scope="module")
def lab(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab in which the student's folder is open."""
    own = tmp_path_factory.mktemp("jupyter")
    for name, chosen in SETTINGS.items():
        settings = own / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps(chosen))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {f"JUPYTER_{name}_DIR": str(own / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    variables = {**os.environ, **folders, "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"), "IPYTHONDIR": str(own)}
    options = ["--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=", f"--notebook-dir={home}"]
    with (own / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options, "--ServerApp.port_retries=0"],
            env=variables, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api/status", server)
            yield address
        finally:
            server.terminate()
            server.wait(60)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address):
            return
        time.sleep(0.2)
    pytest.fail("JupyterLab ended")


@pytest.fixture(scope="module")
def page(lab: str, home: Path) -> Iterator[Any]:
    """The notebook, open in a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(1000 * PATIENCE)
        page.goto(f"{lab}/lab/tree/{ID}.ipynb?reset")
        page.wait_for_selector(".jp-CodeCell")
        page.wait_for_selector("text=| Idle")
        yield page
        browser.close()


def picture(page: Any, name: str) -> None:
    folder = os.environ.get("GRADER_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder, f"{name}.png")))


def write(page: Any, cell: Any, source: str) -> None:
    """Put a text in the place of a cell's, and run it."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")


def add(page: Any, after: Any, source: str) -> Any:
    """A new cell below another, with its output."""
    after.locator(".jp-InputPrompt").click()
    page.keyboard.press("b")
    new = page.locator(".jp-Notebook-cell.jp-mod-active")
    write(page, new, source)
    return page.locator(".jp-CodeCell", has_text=source.splitlines()[0]).last


def cell_with(page: Any, text: str) -> Any:
    return page.locator(".jp-CodeCell", has_text=text).first


def answers() -> Iterator[str]:
    """What a student writes into the first three questions: the second of them wrong."""
    cells = solved_notebook(Course(ROOT), ID)["cells"]
    solved = {c["metadata"].get("grader", {}).get("question"): "".join(c["source"]) for c in cells}
    yield solved["describe"].replace("    # BEGIN SOLUTION\n", "").replace("    # END SOLUTION\n", "")
    yield 'def index_path(t, value):\n    return (0, 0)\n\n\ncheck("index_path")'
    yield solved["four_ways"].replace("    # BEGIN SOLUTION\n", "").replace("    # END SOLUTION\n", "")


def test_a_new_student_checks_and_hands_in(page: Any, home: Path, tmp_path: Path) -> None:
    """As the guide says it, by clicks and keys."""
    for text in ("def _find_handout(name):", "from grader import beside"):
        cell = cell_with(page, text)
        cell.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        cell.locator(r"text=/\[\d+\]:/").wait_for()
        picture(page, text.split()[1])
    for name, source in zip(("describe", "index_path", "four_ways"), answers(), strict=True):
        cell = cell_with(page, f"def {name}(")
        write(page, cell, source)
        cell.locator(".jp-OutputArea-output", has_text=f"{name}:").wait_for()
        picture(page, name)
    wrong = cell_with(page, "def index_path(")
    assert "✗" in wrong.locator(".jp-OutputArea").inner_text() and "expected" in wrong.inner_text()
    assert "✓" in cell_with(page, "def describe(").locator(".jp-OutputArea").inner_text()

    everything = add(page, wrong, "import grader\ncheck()\nprint(grader.__file__)")
    asked = len(Course(ROOT).assignment(ID).coded)
    everything.locator(f"text=of {asked} questions pass their public checks").wait_for()
    everything.locator("text=__init__.py").wait_for()
    assert str(home / "grader.pyz") in everything.inner_text()
    assert f"2 of {asked} questions" in everything.inner_text()
    picture(page, "check-all")

    page.keyboard.press("Control+S")
    page.wait_for_function("() => !document.querySelector('.lm-TabBar-tab.jp-mod-dirty')")
    handed = add(page, everything, SUBMIT)
    handed.locator("text=Its receipt:").wait_for()
    picture(page, "submit")
    said = re.search(r"Its receipt: (\S+)", handed.inner_text())
    sealed = home / "hand_in" / f"{ID}.ipynb"
    notebook = read_notebook(sealed.read_bytes())
    cells, _ = read_cells(notebook)
    assert said and is_intact(notebook, cells) and said[1] == receipt_of(cells)

    (tmp_path / "in" / "ada").mkdir(parents=True)
    shutil.copy(sealed, tmp_path / "in" / "ada")
    run = grader("run", tmp_path / "in", "--out", tmp_path / "out", "--json", course=ROOT)
    grade = Graded.of(tmp_path / "out", run.stdout).grades["ada"]
    passed = {score["question"] for score in grade["scores"] if score["status"] == "passed"}
    assert passed == {"describe", "four_ways"}
    [feedback] = (tmp_path / "out" / "students").glob("*.html")
    assert said[1] in feedback.read_text(encoding="utf-8")
    if folder := os.environ.get("GRADER_PICTURES"):
        shutil.copy(feedback, folder)
