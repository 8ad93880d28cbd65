"""How much memory do the pages and the table of a class take? python tests/benchmarks/class_memory.py [--count 10000]

Nothing is graded: results that look like a class are written into a gradebook. Then a process of its own scores them
and writes class page, course page and table, and says how much more memory it had at most than before it began.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "unit"), str(Path(__file__).parent)]

from made_class import assignment_of, made_class  # noqa: E402
from pages_speed import many, usual  # noqa: E402

from grader.classroom.pages import STAFF, STUDENTS  # noqa: E402
from grader.classroom.people import people_of  # noqa: E402
from grader.classroom.roll import page_path  # noqa: E402
from grader.classroom.scorer import scorer_of  # noqa: E402
from grader.classroom.summary import Place, score_class  # noqa: E402
from grader.course.catalog import Course  # noqa: E402
from grader.gradebook.store import Gradebook  # noqa: E402

ID = "01_tensors"


def fill(out: Path, count: int) -> None:
    """A gradebook of so many students, whose own pages are there, and empty."""
    class_ = many([usual(pair) for pair in made_class(assignment_of(ID), 40)], count)
    scorer = scorer_of(Course(ROOT), people_of(None, [(grade.student, ID) for _, grade in class_]))
    book = Gradebook(out / "gradebook.db")
    book.db.execute("PRAGMA synchronous = OFF")
    run = book.begin_run("made")
    for folder in (STUDENTS, STAFF):
        (out / folder).mkdir()
    for result, grade in class_:
        scored = scorer.grade(scorer.asked(ID), grade.student, result.checks, {ID: result.submission.handed})
        book.record(run, result, scored)
        page_path(out, scored).touch()
    book.close()


def most() -> float:
    """Megabytes that this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(out: Path) -> None:
    before, started = most(), time.monotonic()
    result = score_class(Place(Course(ROOT), out, "made"))
    size = result.pages[0].stat().st_size / 1e6
    print(
        f"{len(result.rows)} students: {before:.0f} MB before, {most() - before:.0f} MB more at most, "
        f"{time.monotonic() - started:.0f} s, a class page of {size:.1f} MB"
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.write:
        write(told.write)
        return
    with tempfile.TemporaryDirectory(prefix="class-memory-") as folder:
        fill(Path(folder), told.count)
        subprocess.run([sys.executable, __file__, "--write", folder], check=True)


if __name__ == "__main__":
    main()
