"""Who is judged once for many: members of a group with one notebook, and kernels that have answered the same before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from grader.grading.again import is_of_answers
from grader.records import Result, Submission
from grader.running.crew import Ordered
from grader.running.setting import EVERYTHING

Which = tuple[str, str]  # of a notebook: its path and its hash


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of which notebooks.

    Attributes:
        first: in this order.
        others: by the first one's place, those of which the answers of before are the same: they are asked nothing if
            the verdicts on it are theirs.
    """

    first: Mapping[Which, Ordered]
    others: Mapping[Which, Mapping[Which, Ordered]]


def by_notebook(orders: Iterable[Ordered]) -> dict[Which, list[Ordered]]:
    """The orders, those of one notebook together."""
    groups: dict[Which, list[Ordered]] = {}
    for ordered in orders:
        groups.setdefault((ordered[0].path, ordered[0].sha), []).append(ordered)
    return groups


def of_all(group: list[Ordered]) -> Ordered:
    """What is asked of a notebook for all whose it is: everything, if it is not the same for each."""
    submission, order = group[0]
    return submission, order if all(other == order for _, other in group) else EVERYTHING


def by_answers(orders: Mapping[Which, Ordered]) -> Asked:
    """The first of those whose kernels have answered the same, and the others; one without answers is its own."""
    first: dict[Which, Ordered] = {}
    others: dict[Which, dict[Which, Ordered]] = {}
    known: dict[object, Which] = {}
    for place, (submission, order) in orders.items():
        answers = (submission.assignment, order.questions, *sorted(order.heard.items())) if order.ran else place
        leader = known.setdefault(answers, place)
        if leader == place:
            first[place] = submission, order
        else:
            others.setdefault(leader, {})[place] = submission, order
    return Asked(first, others)


def still_asked(result: Result, others: Mapping[Which, Ordered]) -> dict[Which, Ordered]:
    """What the others are asked, now that the first has its result; nothing where its verdicts are theirs.

    Where only a kernel could tell, they are asked a kernel.
    """
    if all(is_of_answers(result, order.questions) for _, order in others.values()):
        return {}
    if result.evidence.kernels:
        return {place: (one, replace(order, heard={}, ran=None)) for place, (one, order) in others.items()}
    return dict(others)


def of_member(result: Result, submission: Submission) -> Result:
    """A group's result, as one member's."""
    got = result.submission
    whole = replace(submission, cells=got.cells, files=got.files, texts=got.texts, sha=got.sha)
    return replace(result, submission=whole)
