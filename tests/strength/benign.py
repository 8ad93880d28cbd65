"""Which harmless ways of writing an answer does a suite refuse?

    python tests/strength/benign.py 01_tensors [--question ID] [--limit N] [--least 100]

Each function or class that a question asks for is wrapped so that it keeps every common promise and does its work in
another way (see habits.py), and the question's own checks must pass. What a question's text forbids is written down, in
the words that forbid it, in `promises/NN_topic.toml`:

    [[forbidden]]
    habits = ["gives a part of a larger tensor"]
    questions = ["to_owned"]    # or left out: all of the assignment
    reason = "the text asks for memory of its own, of just this size"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from common import Options, exit_code, options, run, scratch, spread
from contracts import NOTHING, SURVIVED, Judge, Mutant, excuses, named
from habits import HABITS

from grader.records import Check, Status


class Kindly(Judge):
    """Asks a question's checks of its function done in one way after another; says what refused it."""

    stopped = "refused: it was stopped"

    def verdicts(self, mutants: Sequence[Mutant]) -> Iterator[tuple[Mutant, str]]:
        for _, own in groupby(mutants, lambda mutant: mutant.name):
            group = list(own)
            self.clock(group[0].question)
            yield from (
                (mutant, said) for mutant, said in zip(group, self.judged(group), strict=True) if said != NOTHING
            )

    def failing(self, checks: Sequence[Check]) -> str:
        first = next(check for check in checks if check.status is Status.FAILED)
        return f"refused by {first.name}: {first.message}"


def report(chosen: Options, found: Sequence[tuple[Mutant, str]]) -> int:
    known = excuses(chosen.course, chosen.assignment, "forbidden", "habits", HABITS)
    good = 0
    for mutant, said in found:
        listed = any(excuse.covers(mutant) for excuse in known)
        if not listed and said != SURVIVED:
            print(f"{mutant.question}: {mutant.name} {mutant.promise.name} ({said})")
        good += listed or said == SURVIVED
    if not chosen.questions and not chosen.limit:
        for excuse in known:
            if not any(excuse.covers(mutant) and said != SURVIVED for mutant, said in found):
                print(f"stale: {', '.join(excuse.promises)} for {', '.join(excuse.questions) or 'all'}")
    return exit_code(chosen, good, len(found), "benign variations accepted or forbidden by the text")


def main(arguments: Sequence[str] | None = None) -> int:
    assert __doc__ is not None
    chosen = options(__doc__, "variations", 100, arguments)
    judge = Kindly(chosen.course, chosen.assignment)
    mutants = spread(named(chosen.course, chosen.assignment, chosen.questions, HABITS), chosen.limit)
    with scratch():
        return report(chosen, list(judge.verdicts(mutants)))


if __name__ == "__main__":
    run(main)
