"""The table that nbgrader exports, for tools that read it: a row for everybody and every assignment."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from grader.exports.entries import Entry, Options, State, Told, Work, number_of
from grader.exports.numbers import written

HEADER = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


def table(works: Sequence[Work], options: Options) -> tuple[bytes, Told]:
    """The table as bytes, and what was left out: a row without a score has none there either."""
    told, text = Told(), io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEADER)
    for work in works:
        for entry in work.entries:
            number, why = number_of(entry, options)
            if why:
                told.left.append((entry.name, f"{work.id}: {why}"))
            elif number is not None:
                told.written += 1
            if entry.state is State.UNJUDGED and number is not None:
                told.left.append((entry.name, f"{work.id}: written, but unjudged: a person must look"))
            rows.writerow([work.id, work.due, entry.handed.time, *_who(entry), *_scores(entry, number, work)])
    return text.getvalue().encode(), told


def _who(entry: Entry) -> list[str]:
    person = entry.person
    first, _, last = person.name.rpartition(" ")
    return [person.id or next(person.all_ids(), "") or person.name, last, first, person.email]


def _scores(entry: Entry, number: float | None, work: Work) -> list[str]:
    most = written(work.points, commas=False)
    if number is None:
        return ["", "", "", most]
    raw, penalty = number + entry.penalty, entry.penalty
    return [written(raw, commas=False), written(penalty, commas=False), written(number, commas=False), most]
