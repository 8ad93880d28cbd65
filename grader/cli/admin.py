"""`grader doctor`: what administrators run."""

from __future__ import annotations

from rich.text import Text

from grader.cli.printing import out


def doctor() -> None:
    """For administrators: which walls stand around kernels on this machine, and what would make them stronger."""
    from grader.sandbox.levels import probe

    report = probe()
    out.print(Text(f"sandbox: {report.level.name.lower()} ({report.kernel})"))
    for mechanism in report.mechanisms:
        mark = "✓" if mechanism.works else "✗"
        out.print(Text(f"{mark} {mechanism.name}: {mechanism.detail}"), soft_wrap=True)
        if mechanism.remedy:
            out.print(Text(f"    {mechanism.remedy}"), soft_wrap=True)
