"""What a class that is not there would take, by what a measured one took: a simulation.

    python tests/benchmarks/capacity.py GRADEBOOK [--count 100000] [--machines 1 10 100] [--cores 8]

Each place draws how long a submission takes among those of the gradebook; one coordinator serves them all. First the
model is held against the run that it was measured on: `grades/run.json` beside the gradebook says what that took.
`--coordinator` is what `grader doctor --benchmark` says, in seconds; `--places`, how many the measured run had.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
from datetime import timedelta
from pathlib import Path

from grader.authoring.capacity import forecast


def seconds_in(gradebook: Path) -> list[float]:
    """What each stored submission took its place."""
    with sqlite3.connect(gradebook) as db:
        return [float(took) for (took,) in db.execute("SELECT json_extract(evidence, '$.seconds') FROM executions")]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("gradebook", type=Path)
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--machines", type=int, nargs="+", default=[1, 10, 100])
    asked.add_argument("--cores", type=int, default=8)
    asked.add_argument("--places", type=int, default=2)
    asked.add_argument("--coordinator", type=float, default=0.02)
    told = asked.parse_args()
    took = seconds_in(told.gradebook)
    print(f"{len(took)} submissions, {sum(took) / len(took):.3f} s each, the slowest {max(took):.2f} s")
    state = told.gradebook.with_name("run.json")
    if state.is_file():
        ran = json.loads(state.read_text())["seconds"]
        again = forecast(took, len(took), told.places, told.coordinator).seconds
        print(f"the model says {again:.0f} s for the run that took {ran:.0f} s, its start included")
    for machines in told.machines:
        found = forecast(took, told.count, machines * told.cores, told.coordinator)
        time = timedelta(seconds=round(found.seconds))
        print(f"{told.count:,} on {machines} machines of {told.cores} cores: {time}, coordinator busy {found.busy:.0%}")


if __name__ == "__main__":
    main()
