"""`grader doctor`: what administrators run."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from grader.cli.options import CORES, CourseOption, DaskOption, cluster_at, setting_of
from grader.cli.printing import out

FORECAST, MACHINES = 100_000, (1, 10, 100)
BUSY = 0.9  # of the coordinator, from where on more workers bring little


def doctor(
    course: CourseOption = None,
    dask: DaskOption = "",
    benchmark: Annotated[
        bool, typer.Option("--benchmark", help="Measure how fast this machine grades, and what larger classes need.")
    ] = False,
    assignment: Annotated[str, typer.Option(help="Which one to measure with. Default: the course's first.")] = "",
) -> None:
    """For administrators: which walls stand around kernels on this machine, or on each worker of a Dask cluster; what
    would make them stronger; and which packages of the course are missing. Exit code 1 when something is."""
    if benchmark:
        _benchmark(course, assignment)
        return
    if dask:
        _doctor_there(dask)
        return
    from grader.course.catalog import find_course
    from grader.course.requirements import packages
    from grader.course.settings import settings_of
    from grader.errors import UsageError
    from grader.sandbox.levels import probe

    report = probe()
    out.print(Text(f"sandbox: {report.level.name.lower()} ({report.kernel})"))
    for mechanism in report.mechanisms:
        mark = "✓" if mechanism.works else "✗"
        out.print(Text(f"{mark} {mechanism.name}: {mechanism.detail}"), soft_wrap=True)
        if mechanism.remedy:
            out.print(Text(f"    {mechanism.remedy}"), soft_wrap=True)
    try:
        wanted = packages(settings_of(find_course(course)).requirements)
    except UsageError:
        if course is not None:
            raise
        wanted = ()  # no course is around: there is nothing to ask for
    for package in wanted:
        out.print(Text(f"{'✓' if package.fits else '✗'} package {package.wanted}: {package.installed or 'not there'}"))
        if not package.fits:
            out.print(Text(f"    pip install '{package.wanted}'"), soft_wrap=True)
    if not all(package.fits for package in wanted):
        raise typer.Exit(1)


def _benchmark(named: Path | None, assignment: str) -> None:
    """What this machine can grade, and what that means for classes that are not there."""
    from grader.authoring.capacity import forecast, measure
    from grader.course.catalog import find_course

    course = find_course(named)
    id = course.assignment(assignment).id if assignment else next(iter(course.ids()), "")
    found = measure(course, setting_of(course), id)
    own = f"{found.base:.2f} + {found.slope:.2f} × what the notebook computes by itself"
    out.print(Text(f"{id}: seconds of one place for a submission: {own}"), soft_wrap=True)
    memory = f"{found.shared >> 20} MB, and {found.place >> 20} MB for each place"
    out.print(Text(f"start: {found.start:.1f} s; memory: {memory}"), soft_wrap=True)
    disk = f"{found.gradebook >> 10} KB in the gradebook, {found.pages >> 10} KB of pages"
    limit = f"{found.coordinator * 1000:.0f} ms of the coordinator: at most {60 / found.coordinator:.0f} a minute"
    out.print(Text(f"a submission: {disk}; {limit}, however many workers"), soft_wrap=True)
    for machines in MACHINES:
        told = forecast([found.seconds(0.0)], FORECAST, machines * CORES, found.coordinator)
        what = "waits for the coordinator" if told.busy > BUSY else "waits for workers"
        took = timedelta(seconds=round(told.seconds))
        like = f"{machines} machine{'s' * (machines > 1)} like this one"
        said = f"{FORECAST:,} of them on {like}: {took}, coordinator busy {told.busy:.0%}"
        out.print(Text(f"{said}: {what}"), soft_wrap=True)


def _doctor_there(address: str) -> None:
    """What each worker of a cluster is."""
    from grader.running.cluster.station import differences, versions_here

    here, unlike = versions_here(), False
    with cluster_at(address, CORES) as cluster:
        assert cluster is not None
        for worker, facts in sorted(cluster.facts.items()):
            gpu = ", declares a GPU" * (worker in cluster.gpus)
            out.print(Text(f"worker {worker} on {facts.host}{gpu}: sandbox: {facts.walls}"), soft_wrap=True)
            for line in (*facts.mechanisms, *(f"✓ CUDA device: {card}" for card in facts.cards)):
                out.print(Text(f"    {line}"), soft_wrap=True)
            if said := differences(facts.versions, here):
                unlike = True
                out.print(Text(f"    ✗ would not grade as this machine does: {said}"), soft_wrap=True)
    if unlike:
        raise typer.Exit(1)
