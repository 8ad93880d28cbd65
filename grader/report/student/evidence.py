"""How a result came to be: what one must know to obtain it again."""

from __future__ import annotations

from grader.records import Result
from grader.text import clean


def evidence_view(result: Result) -> tuple[tuple[str, str], ...]:
    """Names and values, in the order in which they are shown."""
    found = result.evidence
    versions = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    handed = result.submission.handed.time.removesuffix("Z").replace("T", " ")
    attempt = f", attempt {result.submission.handed.attempt}" if result.submission.handed.attempt else ""
    return (
        *([("Handed in", f"{handed} UTC{attempt}")] if handed else []),
        *([("Graded", found.day)] if found.day else []),
        ("Judged on", found.device),
        ("Sandbox", found.walls),
        ("Versions", clean(versions, 300)),
        ("Receipt", result.submission.receipt or "–"),
        ("Notebook", result.submission.sha),
        ("Suite", found.suite),
        ("Seed", str(found.seed)),
        ("Time", f"{found.seconds:.2f} s"),
    )
