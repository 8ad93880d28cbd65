"""What does it cost to correct one check? The ten-question notebook, graded, and graded again after an edit.

python tests/benchmarks/regrade_speed.py [--class-size 200]
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

from class_speed import GRADER, write_class, write_course


def run(place: Path, *asked: str, kernels: bool = True) -> float:
    """Seconds of a run, in which everybody is asked these questions; none means all.

    Args:
        kernels: whether it must need some.
    """
    command = [GRADER, "run", str(place / "class"), "--out", str(place / "out"), "--course", str(place / "course")]
    started = time.monotonic()
    done = subprocess.run([*command, "--json"], capture_output=True, text=True)
    seconds = time.monotonic() - started
    assert done.returncode == 0, done.stderr
    assert all(grade["asked"] == list(asked) for grade in json.loads(done.stdout)["grades"])
    with sqlite3.connect(place / "out" / "gradebook.db") as db:
        (most,) = db.execute(
            "SELECT max(json_extract(evidence, '$.kernels')) FROM executions "
            "WHERE run = (SELECT max(run) FROM executions)"
        ).fetchone()
    assert (most > 0) == kernels
    return seconds


def parts(place: Path) -> str:
    """Of the last run, what a notebook's cells took, and all of it."""
    with sqlite3.connect(place / "out" / "gradebook.db") as db:
        cells, whole = db.execute(
            "SELECT avg(json_extract(record, '$.seconds')), avg(json_extract(evidence, '$.seconds')) "
            "FROM executions WHERE run = (SELECT max(run) FROM executions)"
        ).fetchone()
    return f"{whole:.3f} s each, of which its cells {cells:.3f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--class-size", type=int, default=200)
    count = parser.parse_args().class_size
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_course(place / "course")
        write_class(place / "course", place / "class", count)
        first = run(place)
        print(f"{count} submissions: {first:.1f} s; {parts(place)}")
        check = place / "course" / "tests" / "hidden" / "01_ten" / "test_gram.py"
        check.write_text(check.read_text().replace("agree(", "assert student.gram\n    agree("))
        again = run(place, "gram")
        print(f"one check asks more: {again:.1f} s, {again / first:.0%}; {parts(place)}")
        check.write_text(check.read_text() + "    assert reference.gram\n")
        again = run(place, "gram", kernels=False)
        print(f"one check asks the same: {again:.1f} s, {again / first:.0%}; {parts(place)}")
        print(f"nothing changed: {run(place):.1f} s")


if __name__ == "__main__":
    main()
