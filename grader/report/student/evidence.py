"""How a result came to be: what one must know to obtain it again."""

from __future__ import annotations

from grader.records import Result
from grader.text import clean


def evidence_view(result: Result) -> tuple[tuple[str, str], ...]:
    """Names and values, in the order in which they are shown."""
    found = result.evidence
    versions = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    return (
        ("Judged on", found.device),
        ("Sandbox", found.walls),
        ("Versions", clean(versions, 300)),
        ("Receipt", result.submission.receipt or "–"),
        ("Notebook", result.submission.sha),
        ("Suite", found.suite),
        ("Seed", str(found.seed)),
        ("Time", f"{found.seconds:.2f} s"),
    )
