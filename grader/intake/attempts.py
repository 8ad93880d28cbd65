"""Which of several notebooks of one student counts: the newest by the best evidence there is, and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.intake.claims import Claim
from grader.records import Attempt, Submission

_SUFFIX = re.compile(r"(?:[ _]?\((\d{1,4})\)|[-_](\d{1,3})|[ _-]?(?:v|version|attempt|try)[ _-]?(\d{1,3}))$", re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A readable notebook, without its cells, and what is known of when it was handed in."""

    claim: Claim
    submission: Submission


def is_newer(one: Candidate, two: Candidate) -> bool | None:
    """Whether the first was handed in after the second; None when nothing tells."""
    a, b = one.claim, two.claim
    if a.rank is not None and b.rank is not None and a.rank != b.rank:
        return a.rank > b.rank
    (stem, number), (other, another) = numbered(_stem(a)), numbered(_stem(b))
    if stem == other and number != another:
        return number > another
    if a.dated and b.dated and a.file and b.file and a.file.modified and b.file.modified:
        return None if a.file.modified == b.file.modified else a.file.modified > b.file.modified
    return None


def numbered(stem: str) -> tuple[str, int]:
    """A file's name without the number that a browser or a platform gave a later copy, and that number, or 0."""
    match = _SUFFIX.search(stem)
    number = next((text for text in match.groups() if text), "") if match else ""
    return (stem[: match.start()], int(number)) if match and number else (stem, 0)


def choose(candidates: Sequence[Candidate], attempt: Attempt) -> Candidate | None:
    """The one that counts, None when nothing tells which. Notebooks with the same code are one attempt."""
    distinct = list({candidate.submission.sha: candidate for candidate in reversed(candidates)}.values())
    if len(distinct) == 1:
        return candidates[0]
    newest = attempt is not Attempt.FIRST
    for one in distinct:
        if all(is_newer(one, other) is newest for other in distinct if other is not one):
            return one
    return None


def _stem(claim: Claim) -> str:
    return claim.file.stem if claim.file else ""
