"""Feedback goes out under names that nobody can guess, when and as far as the course says; requests come back."""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import Done, grader
from test_roster import desk, graded

__all__ = ["desk"]  # the class that was graded there


@pytest.fixture
def here(desk: Path, tmp_path: Path) -> Path:
    """The class, to go on from."""
    return shutil.copytree(desk, tmp_path / "desk")


def run(desk: Path, *arguments: object) -> Done:
    return grader(*arguments, "--from", desk / "grades", course=desk / "course")


def listed(desk: Path) -> list[dict[str, str]]:
    with (desk / "grades" / "feedback.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def page_of(desk: Path, who: str) -> str:
    (page,) = (desk / "grades" / "students").glob(f"{who}-*.html")
    return page.read_text(encoding="utf-8")


def test_pages_go_out_under_names_that_nobody_can_guess(here: Path) -> None:
    """The list says who has which, and lies elsewhere; the names are the same each time, and hang on the secret."""
    done = run(here, "feedback", "--to", here / "public", "--url", "https://example.edu/f/")
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (here / "public").iterdir()}
    pages = {row["id"]: row["page"] for row in listed(here)}
    assert {f"https://example.edu/f/{name}" for name in names} == set(pages.values()) and len(names) == 5
    assert all(re.fullmatch(r"01_toy-[a-z2-7]{26}\.html", name) for name in names)
    ada = (here / "public" / pages["0017"].rpartition("/")[2]).read_text(encoding="utf-8")
    assert ada == page_of(here, "ada-ng")
    assert run(here, "feedback", "--to", here / "public").returncode == 0
    assert {row["page"] for row in listed(here)} == names
    secret = here / "grades" / "secret.key"
    assert secret.stat().st_mode & 0o077 == 0
    secret.unlink()
    run(here, "feedback", "--to", here / "other")
    assert not {row["page"] for row in listed(here)} & names


def test_what_cannot_be_read_has_a_page(here: Path) -> None:
    """What came, why it has no grade, what to do next; listed without points, and gone once something better came."""
    bad = here / "handed in" / "lopezluz_1004_50020_a.ipynb"
    bad.write_text('{"cells": "none <b>"}', encoding="utf-8")
    assert graded(here).returncode == 3
    (page,) = (here / "grades" / "unreadable").iterdir()
    text = page.read_text(encoding="utf-8")
    assert bad.name in text and "it has no cells" in text and "What to do next" in text and "no 0 either" in text
    assert str(here) not in text and "handed in/" not in text and "<b>" not in text
    assert run(here, "feedback", "--to", here / "public").returncode == 0
    assert len(list((here / "public").iterdir())) == 6
    (row,) = [row for row in listed(here) if not row["points"]]
    assert row["assignment"] == "01_toy" and (here / "public" / row["page"]).read_text(encoding="utf-8") == text
    before = page.stat().st_mtime_ns
    graded(here)
    assert page.stat().st_mtime_ns == before
    bad.write_text((here / "handed in" / "ngada_1001_50001_a.ipynb").read_text(encoding="utf-8"), encoding="utf-8")
    graded(here)
    assert not list((here / "grades" / "unreadable").iterdir())
    run(here, "feedback", "--to", here / "public")
    assert all(row["points"] for row in listed(here))


def test_nothing_goes_out_before_its_release(here: Path) -> None:
    """But when the instructor says so."""
    (here / "course" / "course.toml").write_text("[feedback]\nrelease = 2999-01-01T12:00:00\n", encoding="utf-8")
    done = run(here, "feedback", "--to", here / "public")
    assert "01_toy: released on 2999-01-01 12:00 (UTC)" in done.stdout
    assert not (here / "public").exists() and not listed(here)
    run(here, "feedback", "--to", here / "public", "--now")
    assert len(list((here / "public").iterdir())) == 5
    done = run(here, "export", "json", "--out", here / "g.json", "--pages", here / "p.zip")
    assert "pages: not released yet: 01_toy" in done.stdout and "pages: 0 in" in done.stdout


def test_the_level_says_how_much_a_page_tells(here: Path) -> None:
    """Another level rewrites the pages, and executes nothing; staff still see everything."""
    full = page_of(here, "robert-o-smith")
    seen = {}
    for level in ("full", "hints", "outcomes", "score"):
        (here / "course" / "course.toml").write_text(f'[feedback]\nlevel = "{level}"\n', encoding="utf-8")
        done = graded(here, "--json")
        assert not any(grade["fresh"] for grade in json.loads(done.stdout)["grades"])
        page = page_of(here, "robert-o-smith")
        (staff,) = (here / "grades" / "staff").glob("robert-o-smith-*.html")
        assert "None" in staff.read_text(encoding="utf-8")
        seen[level] = ('class="said"' in page, 'class="what"' in page, ">8<" in page)
        assert (page == full) is (level == "full")
    assert seen == {
        "full": (True, True, True),
        "hints": (False, True, True),
        "outcomes": (False, True, True),
        "score": (False, False, True),
    }


def head_of(page: str) -> str:
    """What the page's form puts first into the file."""
    (head,) = re.findall(r'data-request="([^"]+)"', page)
    return html.unescape(head)


@pytest.fixture
def inbox(here: Path) -> Iterator[Path]:
    """What students handed in: from the form, by mail, and what is none."""
    folder = here / "inbox"
    (folder / "more").mkdir(parents=True)
    robert, ada = (head_of(page_of(here, who)) for who in ("robert-o-smith", "ada-ng"))
    first = f"{robert}question: flatten_images\n\nI flatten it.\n\x1b[31mReally.\n"
    (folder / "a.txt").write_text(first, encoding="utf-8")
    (folder / "a (1).txt").write_text(first, encoding="utf-8")
    quoted = "\r\n".join(f"> {line}" for line in f"{ada}question: Root\n\nWhy?".split("\n"))
    (folder / "more" / "b.txt").write_bytes(f"Dear all,\r\n{quoted}\r\n".encode("utf-8-sig"))
    (folder / "c.txt").write_text(
        ada.replace("student: Ada Ng", "student: Bob") + "question: dubble\n", encoding="utf-8"
    )
    (folder / "d.txt").write_text(re.sub("code: .*", "code: guessed", ada) + "question: double\n", encoding="utf-8")
    (folder / "e.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "f.txt").write_text(ada, encoding="utf-8")
    yield folder


def test_requests_come_back(here: Path, inbox: Path) -> None:
    """Each beside its points, once, by the code of the page and not by what the file says; the rest is listed."""
    done = run(here, "requests", inbox, "--json")
    assert done.returncode == 3, done.stderr
    said = json.loads(done.stdout)
    assert [(one["id"], one["question"], one["earned"]) for one in said["requests"]] == [
        ("0017", "root", 2.0),
        ("0021", "flatten_images", 0.0),
    ]
    assert said["requests"][1]["why"] == "I flatten it.\nReally." and said["requests"][1]["did_not_pass"]
    odd = {Path(where).name: why for where, why in said["odd"]}
    assert odd.keys() == {"c.txt", "d.txt", "e.txt", "f.txt"}
    assert "did you mean double?" in odd["c.txt"] and "on no page of this class" in odd["d.txt"]


def test_a_request_ends_in_a_decision(here: Path, inbox: Path) -> None:
    """The line that is printed is a command, as it stands."""
    done = run(here, "requests", inbox)
    (command,) = (line.strip() for line in done.stdout.splitlines() if "grader decide 0021" in line)
    assert command == "grader decide 0021 01_toy flatten_images --points 2 --reason ..."
    words = command.split()[1:]
    assert grader(*words, "--out", here / "grades", course=here / "course").returncode == 0
    assert graded(here).returncode == 3
    again = json.loads(run(here, "requests", inbox, "--json").stdout)["requests"][1]
    assert (again["earned"], again["decided"]) == (2.0, True)


def test_the_form_saves_what_the_command_reads(here: Path) -> None:
    """In a browser, with the page's own content policy and with scripts forbidden."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="browser tests need playwright")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("browser tests need Chromium")
    (path,) = (here / "grades" / "students").glob("robert-o-smith-*.html")
    inbox = here / "inbox"
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(path.as_uri())
        page.click("#request summary")
        page.select_option("#request select", "flatten_images")
        page.fill("#request textarea", "I flatten it.\nReally: <b>ü</b>")
        with page.expect_download() as saved:
            page.click("#request button")
        saved.value.save_as(inbox / saved.value.suggested_filename)
        plain = browser.new_page(java_script_enabled=False)
        plain.goto(path.as_uri())
        plain.click("#request summary")
        with plain.expect_download() as saved:
            plain.click("#request a")
        saved.value.save_as(inbox / "plain.txt")
        browser.close()
    text = (inbox / "plain.txt").read_text(encoding="utf-8").replace("question: ", "question: Mean")
    (inbox / "plain.txt").write_text(text, encoding="utf-8")
    done = run(here, "requests", inbox, "--json")
    assert done.returncode == 0, done.stdout
    asked = {one["question"]: one["why"] for one in json.loads(done.stdout)["requests"]}
    assert asked["flatten_images"] == "I flatten it.\nReally: <b>ü</b>" and set(asked) == {"flatten_images", "mean_of"}
