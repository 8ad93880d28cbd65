"""`grader mark`: answers in words and plots, from the notebook to the points, marked on the page."""

from __future__ import annotations

import asyncio
import html
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from cases import grader
from words import answered, hand_in, markdown, of_question, write_course

from grader.course.catalog import Course
from grader.marking.app import application
from grader.marking.serve import open_desk
from grader.marking.view import Desk

ID, TOKEN, HOST = "01_toy", "a-token", "127.0.0.1:4321"
GOOD = "Each picture is an example of its own."
EVIL = "<script>alert(1)</script> ![x](http://evil/x.png) [y](javascript:alert(1)) $\\href{javascript:alert(1)}{z}$"
WORDS = {"ada": GOOD, "ben": f"{GOOD}  ", "cy": "The values change.", "dee": "", "eve": EVIL}
ORIGIN = {"origin": f"http://{HOST}"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course, the class, and its grades before anything is marked."""
    home = tmp_path_factory.mktemp("marking")
    course = write_course(home / "course")
    for name, words in WORDS.items():
        notebook = answered(course, words)
        if name == "cy":
            of_question(notebook, "curve")["source"] = ["print('no curve')"]
        if name == "dee":
            notebook["cells"].insert(1, markdown("Is it here?"))
        hand_in(home / "class", name, notebook)
    done = grader("run", home / "class", "--out", home / "grades", course=course.root)
    assert done.returncode == 3, done.stderr
    assert "01_toy: answers of 5 students wait for a person to read them: grader mark 01_toy" in done.stdout
    assert "needs a person" not in done.stdout
    return home


@pytest.fixture(autouse=True)
def unmarked(home: Path) -> Iterator[None]:
    """Each test begins with nothing decided."""
    yield
    (home / "course" / "decisions.toml").unlink(missing_ok=True)
    (home / "course" / "roster.csv").unlink(missing_ok=True)


@contextmanager
def desk(home: Path, **options: Any) -> Iterator[Desk]:
    with open_desk(Course(home / "course"), ID, home / "grades" / "gradebook.db", "mo", **options) as found:
        yield found


Page = httpx.Response
Ask = Callable[..., Page]


@contextmanager
def browser(found: Desk, *, entered: bool = True) -> Iterator[Ask]:
    """Asks the page as a browser would that has come in by the address."""
    transport = httpx.ASGITransport(application(found, TOKEN, (HOST, "localhost:4321")))
    cookies = httpx.Cookies()

    def ask(method: str, path: str, **more: Any) -> Page:
        async def send() -> Page:
            headers = {**(ORIGIN if method == "POST" else {}), **more.pop("headers", {})}
            async with httpx.AsyncClient(
                transport=transport, base_url=f"http://{HOST}", cookies=cookies, follow_redirects=True
            ) as client:
                answer = await client.request(method, path, headers=headers, **more)
                cookies.update(client.cookies)
                return answer

        return asyncio.run(send())

    if entered:
        assert ask("GET", f"/?token={TOKEN}").status_code == 200
    yield ask


def piles(found: Desk, question: str) -> dict[str, str]:
    """Where the answers of some students are."""
    return {
        paper.shown: f"/answer/{question}/{pile.id}"
        for pile in found.marking.stack.piles[question]
        for paper in pile.papers
    }


def decisions(home: Path) -> list[dict[str, Any]]:
    path = home / "course" / "decisions.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")).get("rubric", []) if path.is_file() else []


def scored(home: Path) -> dict[str, dict[str, Any]]:
    done = grader("score", "--out", home / "grades", "--json", course=home / "course")
    assert done.returncode in (0, 3), done.stderr
    return {grade["student"]["name"]: grade for grade in json.loads(done.stdout)["grades"]}


def test_before_anything_is_marked(home: Path) -> None:
    """Points are those of the checks; the grade is unjudged, and the page says that a person will look."""
    for name, grade in scored(home).items():
        assert (grade["earned"], grade["points"], grade["status"]) == (10.0, 15.0, "unjudged"), name
    (page,) = (home / "grades" / "students").glob("ada*.html")
    text = page.read_text(encoding="utf-8")
    assert "2 questions are still to be looked at by a person" in text and "A person will look at it." in text
    assert "could not be judged" not in text and GOOD in text
    (page,) = (home / "grades" / "students").glob("dee*.html")
    assert "No answer was found for this question." in page.read_text(encoding="utf-8")


def test_from_the_first_answer_to_the_last(home: Path) -> None:
    """Equal answers are marked once; a choice is on disk before the next answer is there; points follow from it."""
    with desk(home) as found, browser(found) as ask:
        assert [len(pile.papers) for pile in found.marking.stack.piles["why_rows"]] == [2, 1, 1, 1]
        page = ask("GET", "/")
        assert "2 students, with equal answers: ada, ben" in page.text and GOOD in page.text
        places = piles(found, "why_rows")
        for name, form, count in (
            ("ada", {"line": ["batch", "layer"], "text": "Well *said*."}, 2),
            ("cy", {"line": ["wrong"]}, 3),
            ("dee", {}, 4),
            ("eve", {"line": ["batch"], "points": "1,5"}, 5),
        ):
            page = ask("POST", places[name], data=form)
            assert page.status_code == 200 and len(decisions(home)) == count
            assert page.url.path != places[name], "the next answer"
        for place in dict.fromkeys(piles(found, "curve").values()):
            page = ask("POST", place, data={"line": ["axes"]} if place == piles(found, "curve")["ada"] else {})
        assert "All answers are marked" in page.text
    first = decisions(home)[0]
    assert first["student"] == "ada" and first["lines"] == ["batch", "layer"] and first["by"] == "mo"
    grades = scored(home)
    assert {name: (grade["earned"], grade["status"]) for name, grade in grades.items()} == {
        "ada": (15.0, "complete"),
        "ben": (15.0, "complete"),
        "cy": (10.0, "partial"),
        "dee": (12.0, "partial"),
        "eve": (13.5, "partial"),
    }
    (page_of_ada,) = (home / "grades" / "students").glob("ada*.html")
    text = page_of_ada.read_text(encoding="utf-8")
    assert "Says that the batch must stay apart" in text and "Well <em>said</em>." in text
    with desk(home) as found:
        assert not list(found.marking.waiting()), "what was marked stays so"
        assert 'value="batch" data-points="2" checked' in found.page(found.marking.stack.piles["why_rows"][0])


def test_a_choice_can_be_changed(home: Path) -> None:
    """The entry is replaced; what is wrong in a form is said, and nothing is written."""
    with desk(home) as found, browser(found) as ask:
        place = piles(found, "why_rows")["cy"]
        ask("POST", place, data={"line": ["wrong"]})
        ask("POST", place, data={"line": ["batch"]})
        assert [one["lines"] for one in decisions(home)] == [["batch"]]
        for form, said in (
            ({"points": "9"}, "the question has 3 points"),
            ({"points": "many"}, "no number of points"),
            ({"line": "nothing"}, "the rubric has no line"),
        ):
            page = ask("POST", place, data=form)
            assert page.status_code == 400 and said in page.text
        assert [one["lines"] for one in decisions(home)] == [["batch"]]


def test_a_file_that_is_edited_meanwhile(home: Path) -> None:
    """By hand, while the page is open: it is read again; with a fault in it nothing is written, and nothing is lost."""
    path = home / "course" / "decisions.toml"
    with desk(home) as found, browser(found) as ask:
        places = piles(found, "why_rows")
        ask("POST", places["cy"], data={"line": ["wrong"]})
        path.write_text(path.read_text() + '\n[[comment]]\nstudent = "ada"\nassignment = "01_toy"\ntext = "Hello."\n')
        ask("POST", places["dee"], data={})
        told = tomllib.loads(path.read_text())
        assert len(told["rubric"]) == 2 and told["comment"][0]["text"] == "Hello."
        path.write_text(path.read_text() + "\n[[rubric]]\n")
        page = ask("POST", places["eve"], data={})
        assert page.status_code == 409 and "Nothing was written" in page.text and "student" in page.text


def test_names_can_be_hidden(home: Path) -> None:
    """From the beginning, or by the button; addresses and their order tell nothing either."""
    with desk(home, hidden=True) as found, browser(found) as ask:
        place = piles(found, "why_rows")["ada"]
        text = ask("GET", place).text
        assert "2 students, with equal answers" in text and not re.search(r"\b(ada|ben)\b", text)
        shown = ask("POST", place.replace("/answer/", "/names/")).text
        assert "ada, ben" in shown


def test_words_that_belong_nowhere_are_shown(home: Path) -> None:
    """Where no answer was found, whatever else was written is beside the rubric."""
    with desk(home) as found, browser(found) as ask:
        text = ask("GET", piles(found, "why_rows")["dee"]).text
        assert "No answer was found." in text and "Is it here?" in text


def test_a_hostile_answer_is_text(home: Path) -> None:
    """No markup, no script, no picture from elsewhere, on the page as on the student's."""
    (page,) = (home / "grades" / "students").glob("eve*.html")
    with desk(home) as found, browser(found) as ask:
        answer = ask("GET", piles(found, "why_rows")["eve"])
    for text in (answer.text, page.read_text(encoding="utf-8")):
        assert html.escape("<script>alert(1)</script>") in text
        assert "<script>alert" not in text and 'src="http' not in text
        assert not re.search(r"""(href|src)\s*=\s*["']?javascript:""", text)
    policy = answer.headers["content-security-policy"]
    assert (
        "default-src 'none'" in policy
        and "script-src 'sha256-" in policy
        and "access-control" not in str(answer.headers)
    )


def test_a_plot_is_beside_the_rubric(home: Path) -> None:
    """What the cell drew when it ran; equal drawings are one pile."""
    with desk(home) as found, browser(found) as ask:
        assert [len(pile.papers) for pile in found.marking.stack.piles["curve"]] == [4, 1]
        text = ask("GET", piles(found, "curve")["ada"]).text
        assert 'src="data:image/png;base64,' in text and "plt" in text
        assert "no curve" in ask("GET", piles(found, "curve")["cy"]).text


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {"host": "evil.example:4321"}, 421),
        ("GET", {"host": "127.0.0.1"}, 421),
        ("POST", {"origin": "http://evil.example"}, 403),
        ("POST", {"origin": "null"}, 403),
        ("POST", {"origin": ""}, 403),
    ],
)
def test_who_is_turned_away(method: str, headers: dict[str, str], status: int, home: Path) -> None:
    """Another name for this machine, and what another page sends."""
    with desk(home) as found, browser(found) as ask:
        place = piles(found, "why_rows")["cy"]
        assert ask(method, place, headers=headers).status_code == status
    assert not decisions(home)


def test_without_the_token_nobody_comes_in(home: Path) -> None:
    """Neither to read nor to write; with it, it leaves the address for a cookie of this site alone."""
    with desk(home) as found, browser(found, entered=False) as ask:
        place = piles(found, "why_rows")["cy"]
        for path in ("/", place, "/?token=guess", f"{place}?token={TOKEN}"):
            assert ask("GET", path).status_code == 403
        assert ask("POST", place).status_code == 403
        answer = ask("GET", f"/?token={TOKEN}")
        assert TOKEN not in str(answer.url)
        (first,) = answer.history[:1]
        assert {"HttpOnly", "SameSite=strict"} <= set(first.headers["set-cookie"].split("; "))
    assert not decisions(home)


def test_people_of_a_roster(home: Path) -> None:
    """Decisions name them by the roster's id, with the name beside it."""
    (home / "course" / "roster.csv").write_text("id,name\n" + "".join(f"s{i},{n}\n" for i, n in enumerate(WORDS)))
    with desk(home, roster=home / "course" / "roster.csv") as found, browser(found) as ask:
        ask("POST", piles(found, "why_rows")["cy"], data={"line": ["batch"]})
    assert decisions(home)[0]["student"] == "s2"
    assert scored(home)["cy"]["earned"] == 12.0


def test_how_far_one_has_come(home: Path) -> None:
    """`--list` opens no page; what cannot be marked is one line."""
    done = grader("mark", ID, "--out", home / "grades", "--list", course=home / "course")
    assert done.returncode == 0 and "why_rows: 0 of 5 marked" in done.stdout, done.stderr
    done = grader("mark", ID, "--out", home / "nowhere", "--list", course=home / "course")
    assert done.returncode == 2 and "there is no gradebook" in done.stderr
    done = grader("mark", ID, "--out", home / "grades", "--list")
    assert done.returncode == 2 and "asks nothing that a person judges" in done.stderr
