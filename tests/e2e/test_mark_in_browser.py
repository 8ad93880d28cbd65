"""The page for marking in a real browser: keys alone, from the address that is printed to the last answer."""

from __future__ import annotations

import asyncio
import shutil
import socket
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from cases import grader
from words import answered, hand_in, write_course

from grader.course.catalog import Course
from grader.marking.app import application
from grader.marking.serve import HOST, open_desk

playwright: Any = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install -e '.[dev]'")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium")]
WORDS = {"ada": "Each is an *example*.", "ben": "Each is an *example*.", "cy": "The values change.", "dee": ""}


class Server(uvicorn.Server):
    """One that another thread stops."""

    def install_signal_handlers(self) -> None:
        """Leave them to the tests."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    course = write_course(tmp_path / "course")
    for name, words in WORDS.items():
        hand_in(tmp_path / "class", name, answered(course, words))
    assert grader("run", tmp_path / "class", "--out", tmp_path / "grades", course=course.root).returncode == 3
    return tmp_path


@pytest.fixture
def address(home: Path) -> Iterator[str]:
    """Where the page is, while a server runs."""
    sock = socket.socket()
    sock.bind((HOST, 0))
    sock.listen()
    host = f"{HOST}:{sock.getsockname()[1]}"
    servers: list[Server] = []
    there = threading.Event()

    def serve() -> None:
        with open_desk(Course(home / "course"), "01_toy", home / "grades" / "gradebook.db", "mo") as desk:
            servers.append(Server(uvicorn.Config(application(desk, "token", (host,)), log_level="warning")))
            there.set()
            asyncio.run(servers[0].serve(sockets=[sock]))

    thread = threading.Thread(target=serve)
    thread.start()
    assert there.wait(60)
    yield f"http://{host}/?token=token"
    servers[0].should_exit = True
    thread.join()


def test_marked_by_keys_alone(address: str, home: Path) -> None:
    """Lines by their numbers, a comment, the next answer; the page asks nobody else, and nothing is refused."""
    path = home / "course" / "decisions.toml"
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        asked: list[str] = []
        told: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: told.append(message.text))
        page.goto(address)
        assert "token" not in page.url and page.get_by_text("2 students, with equal answers").count() == 1
        assert page.locator(".answer em").inner_text() == "example"
        page.keyboard.press("1")
        page.keyboard.press("2")
        page.keyboard.press("c")
        page.keyboard.type("Well 1 said.")
        page.keyboard.press("Control+Enter")
        page.get_by_text("2 of 4").first.wait_for()
        first = tomllib.loads(path.read_text())["rubric"]
        assert [(one["student"], one["lines"], one["text"]) for one in first] == [
            (name, ["batch", "layer"], "Well 1 said.") for name in ("ada", "ben")
        ]
        page.keyboard.press("n")
        page.get_by_text("Show names").wait_for()
        assert "cy" not in page.locator(".who").inner_text() and "dee" not in page.locator(".who").inner_text()
        for marked in ("3 of 4", "4 of 4"):
            page.keyboard.press("3")
            page.keyboard.press("Enter")
            page.get_by_text(marked).first.wait_for()
        page.get_by_alt_text("A figure that the cell drew").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.get_by_text("All answers are marked.").wait_for()
        browser.close()
    assert len(tomllib.loads(path.read_text())["rubric"]) == 8
    assert not told and {url.split("/")[2] for url in asked} == {address.split("/")[2]}
