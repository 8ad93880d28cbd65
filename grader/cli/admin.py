"""`grader doctor`: what administrators run."""

from __future__ import annotations

import typer
from rich.text import Text

from grader.cli.options import CourseOption
from grader.cli.printing import out


def doctor(course: CourseOption = None) -> None:
    """For administrators: which walls stand around kernels on this machine, what would make them stronger, and which
    packages of the course are missing; exit code 1 when one is."""
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
