"""What a machine can grade: measured on a class made for it, and from that what larger classes need.

seconds of a place = base + slope × the notebook's own seconds
"""

from __future__ import annotations

import heapq
import json
import os
import random
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from grader.classroom.grading import Plan, grade_class
from grader.classroom.summary import Place
from grader.course.catalog import Course
from grader.course.notebooks import as_text, solved_notebook
from grader.intake.inbox import Wanted, collect
from grader.records import Attempt
from grader.running.setting import Setting

OWN = (0.0, 1.0)  # seconds of computing that the notebooks of a measurement add
EACH = 8  # notebooks
BURN = "import time\n_until = time.process_time() + {}\nwhile time.process_time() < _until:\n    pass\n"


@dataclass(frozen=True, slots=True)
class Capacity:
    """A machine, for one assignment.

    Attributes:
        start: seconds until the first is graded, less than its own.
        base, slope: see above, with one place at work.
        coordinator: seconds of the coordinator's own computing per submission, storing and pages included.
        shared: bytes of memory, once per machine; `place`: for each place beside that.
        gradebook, pages: bytes per submission, on disk.
    """

    assignment: str
    start: float
    base: float
    slope: float
    coordinator: float
    shared: int
    place: int
    gradebook: int
    pages: int

    def seconds(self, own: float) -> float:
        """Of one place for a notebook."""
        return self.base + self.slope * own


def measure(course: Course, setting: Setting, assignment: str, each: int = EACH) -> Capacity:
    """Grade the reference solution a few times, with more and more to compute. Takes about half a minute."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [_run(course, setting, assignment, own, each, Path(folder, str(own))) for own in OWN]
    first, last = runs[0], runs[-1]
    slope = (last.each - first.each) / (OWN[-1] - OWN[0])
    return Capacity(
        assignment,
        start=max(first.start, 0.0),
        base=first.each - slope * OWN[0],
        slope=slope,
        coordinator=first.coordinator,
        shared=first.shared,
        place=max(one.place for one in runs),
        gradebook=first.gradebook,
        pages=first.pages,
    )


@dataclass(frozen=True, slots=True)
class _Ran:
    start: float
    each: float
    coordinator: float
    shared: int
    place: int
    gradebook: int
    pages: int


def _run(course: Course, setting: Setting, assignment: str, own: float, count: int, folder: Path) -> _Ran:
    handed, out = folder / "class", folder / "grades"
    handed.mkdir(parents=True)
    notebook = solved_notebook(course, assignment)
    text = as_text(notebook)
    for number in range(count):
        (handed / f"student{number}.ipynb").write_text(_with_cell(text, f"number = {number}\n" + BURN.format(own)))
    wanted = Wanted(assignments=list(course.assignments()), forced=assignment, attempt=Attempt.LAST)
    intake = collect([handed], wanted)
    told: list[float] = []
    plan = Plan(Place(course, out, "grader doctor --benchmark"), setting, 1, force=True)
    began, busy = time.monotonic(), time.thread_time()  # of this thread: another one looks at memory
    with memory_of_children() as memory:
        grade_class(plan, intake, lambda _: told.append(time.monotonic()))
    spent = time.thread_time() - busy
    each = (told[-1] - told[0]) / (count - 1)
    pages = sum(path.stat().st_size for kind in ("students", "staff") for path in (out / kind).iterdir())
    size = (out / "gradebook.db").stat().st_size
    memory_ = memory["all"] - memory["place"], memory["place"]
    return _Ran(told[0] - began - each, each, spent / count, *memory_, size // count, pages // count)


def _with_cell(notebook: str, source: str) -> str:
    """A notebook with one more cell at its end."""
    made = json.loads(notebook)
    cell: dict[str, object] = {
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    ids = {"id": "benchmark"} if made.get("nbformat_minor", 0) >= 5 else {}
    made["cells"].append({**cell, **ids})
    return json.dumps(made)


@contextmanager
def memory_of_children() -> Iterator[dict[str, int]]:
    """The most bytes that all processes below this one held, pages that they share counted once, and of these the most
    that belonged to what grades and runs submissions alone; filled in when the block ends.
    """
    most, done = {"all": 0, "place": 0}, threading.Event()

    def look() -> None:
        while not done.wait(0.2):
            for name, value in _held().items():
                most[name] = max(most[name], value)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield most
    finally:
        done.set()
        thread.join()


def _held() -> dict[str, int]:
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    family = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    held = {"all": 0, "place": 0}
    for pid in family - {os.getpid()}:
        with suppress(OSError, ValueError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
            sizes = {line.split()[0]: int(line.split()[1]) << 10 for line in lines}
            held["all"] += sizes["Pss:"]
            if parents[pid] != os.getpid():
                held["place"] += sizes["Private_Clean:"] + sizes["Private_Dirty:"]
    return held


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a class will take.

    Attributes:
        seconds: until the last is stored, without class pages.
        busy: of the coordinator, 0 to 1: near 1 it is what all wait for, and more places bring nothing.
    """

    seconds: float
    busy: float


def forecast(seconds: Sequence[float], count: int, places: int, coordinator: float, seed: int = 0) -> Forecast:
    """Grade a class that is not there: places that draw how long they take, and one coordinator that serves them all.

    Args:
        seconds: that submissions took, measured; each place draws among them.
        coordinator: seconds that it needs for each submission.
    """
    chance = random.Random(seed)
    ready = [(chance.choice(seconds), place) for place in range(min(places, count))]
    heapq.heapify(ready)
    handed, free = len(ready), 0.0
    while ready:
        finished, place = heapq.heappop(ready)
        free = max(free, finished) + coordinator
        if handed < count:
            handed += 1
            heapq.heappush(ready, (max(free, finished) + chance.choice(seconds), place))
    return Forecast(free, count * coordinator / free)
