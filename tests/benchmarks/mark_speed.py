"""How fast does the marking page answer? A class whose students all wrote something else, and one in which all agree.

    PYTHONPATH=tests/e2e:tests/unit python tests/benchmarks/mark_speed.py [--class-size 1000]

Requests go to the application itself, in this process: pages are rendered, choices are written to disk. Printed is what
that takes of its budget, a tenth of a second.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path
from statistics import median

import httpx
from words import answered, write_course

from grader.course.catalog import Course
from grader.gradebook.store import Gradebook
from grader.intake.submission import make_submission
from grader.marking.app import application
from grader.marking.marking import Marking
from grader.marking.serve import open_desk
from grader.marking.view import Desk
from grader.records import Evidence, Execution, Result, Student
from grader.rules.scoring import grade

ID, HOST, TOKEN = "01_toy", "127.0.0.1:1", "token"
BUDGET = 0.1  # seconds


def write_class(course: Course, path: Path, count: int, *, same: bool) -> None:
    """A gradebook in which so many students handed in; nothing was run for it."""
    assignment, book = course.assignment(ID), Gradebook(path)
    run, evidence = book.begin_run("benchmark"), Evidence("suite", "env", {}, "cpu", "none", 0, 0.0, "")
    for number in range(count):
        student = Student(f"canvas//{number}", f"Student {number}", {"canvas": str(100_000 + number)})
        notebook = json.dumps(answered(course, "The same." if same else f"Answer number {number}.\n" * 20)).encode()
        result = Result(make_submission(student, "n.ipynb", notebook, [assignment]), Execution((), 0.0), (), evidence)
        book.record(run, result, grade(assignment, student, ()))
    book.close()


async def times(desk: Desk, count: int) -> tuple[list[float], list[float]]:
    """Seconds for pages, and for choices, until the next page is there."""
    transport = httpx.ASGITransport(application(desk, TOKEN, (HOST,)))
    shown: list[float] = []
    marked: list[float] = []
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", follow_redirects=True) as client:
        await client.get(f"/?token={TOKEN}")
        marking: Marking = desk.marking
        for pile in marking.stack.piles["why_rows"][:count]:
            place = f"/answer/why_rows/{pile.id}"
            started = time.perf_counter()
            assert (await client.get(place)).status_code == 200
            shown.append(time.perf_counter() - started)
            started = time.perf_counter()
            answer = await client.post(place, data={"line": ["batch"]}, headers={"origin": f"http://{HOST}"})
            assert answer.status_code == 200
            marked.append(time.perf_counter() - started)
    return shown, marked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--class-size", type=int, default=1000)
    count = parser.parse_args().class_size
    for same in (False, True):
        with tempfile.TemporaryDirectory() as place:
            course, book = write_course(Path(place) / "course"), Path(place) / "gradebook.db"
            write_class(course, book, count, same=same)
            started = time.perf_counter()
            with open_desk(course, ID, book, "benchmark") as desk:
                opened = time.perf_counter() - started
                shown, marked = asyncio.run(times(desk, count))
            what = "all answers are equal" if same else "all answers are different"
            print(f"{count} students, {what}: opened in {opened / BUDGET:.1f} times the budget of a page")
            for name, seconds in (("a page", shown), ("a choice, and the next page", marked)):
                worst = sorted(seconds)[int(0.99 * (len(seconds) - 1))]
                print(f"  {name}: {median(seconds) / BUDGET:.2f} of the budget, 99 of 100 within {worst / BUDGET:.2f}")


if __name__ == "__main__":
    main()
