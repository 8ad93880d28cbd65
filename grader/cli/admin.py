"""`grader doctor`: what administrators run."""

from __future__ import annotations

import typer
from rich.text import Text

from grader.cli.options import CORES, CourseOption, DaskOption, cluster_at
from grader.cli.printing import out


def doctor(course: CourseOption = None, dask: DaskOption = "") -> None:
    """For administrators: which walls stand around kernels on this machine, or on each worker of a Dask cluster; what
    would make them stronger; and which packages of the course are missing. Exit code 1 when something is."""
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


def _doctor_there(address: str) -> None:
    """What each worker of a cluster is."""
    from grader.running.cluster.station import differences, versions_here

    here, unlike = versions_here(), False
    with cluster_at(address, CORES) as cluster:
        assert cluster is not None
        if cluster.dashboard:
            out.print(Text(f"dashboard: {cluster.dashboard}"), soft_wrap=True)
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
