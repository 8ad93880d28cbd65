"""How `grader try` prints what became of answers: a table, or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from grader.cli.printing import out
from grader.storage import FORMAT, to_json
from grader.text import last_line

if TYPE_CHECKING:
    from grader.authoring.answers import Tried


def show_answers(tried: Sequence[Tried]) -> None:
    """A line per answer, those that are not as they must be last, and how many are."""
    table = Table("question", "answer", "outcome", "failed", "its author reads", box=None, pad_edge=False)
    for answer in sorted(tried, key=lambda answer: not answer.as_due):
        failed = dict.fromkeys(check.name for verdict in answer.verdicts for check in verdict.failed)
        failed |= dict.fromkeys(f"{c.question}::{c.name}" for verdict in answer.verdicts for c in verdict.others)
        name = f"{answer.variant.id} {answer.variant.title}".strip()
        row = (answer.variant.question, name, _outcome(answer), ", ".join(failed), answer.said)
        table.add_row(*map(Text, row))
    out.print(table)
    for answer in tried:
        for verdict in answer.verdicts:
            for check in verdict.unjudged[:1]:
                why = last_line(check.staff) or "no reason"
                out.print(Text(f"{answer.variant.where}: {check.question}::{check.name} is unjudged: {why}"))
    out.print(f"{_count(tried, True, 'caught')}; {_count(tried, False, 'accepted')}")


def answers_json(tried: Sequence[Tried]) -> dict[str, object]:
    """What became of answers as plain data."""
    return {
        "format": FORMAT,
        "answers": [
            {
                "question": answer.variant.question,
                "name": answer.variant.name,
                "id": answer.variant.id,
                "title": answer.variant.title,
                "where": answer.variant.where,
                "wrong": answer.wrong,
                "outcome": answer.outcome,
                "as_due": answer.as_due,
                "reads": answer.said,
                "seeds": [json.loads(to_json(verdict)) for verdict in answer.verdicts],
            }
            for answer in tried
        ],
        "wrong": sum(answer.wrong for answer in tried),
        "caught": sum(answer.outcome == "caught" for answer in tried),
        "right": sum(not answer.wrong for answer in tried),
        "accepted": sum(answer.outcome == "accepted" for answer in tried),
    }


def _outcome(answer: Tried) -> str:
    odd = answer.odd_seeds
    if not odd or len(answer.verdicts) == 1:
        return answer.outcome
    return f"{answer.outcome} at seed {', '.join(map(str, odd))}"


def _count(tried: Sequence[Tried], wrong: bool, due: str) -> str:
    some = [answer for answer in tried if answer.wrong is wrong]
    return f"{sum(a.outcome == due for a in some)} of {len(some)} {'wrong' if wrong else 'right'} answers {due}"
