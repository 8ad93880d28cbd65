"""Brightspace: fills exported grades, or makes a file from the roster: keys, points, the end of the line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from grader.exports.entries import Entry, Options, State, Told, Work, number_of
from grader.exports.filling import Column, Format
from grader.exports.numbers import read_number, written
from grader.roster.reading import ClassList

END = "End-of-Line Indicator"
_TITLE = re.compile(r"(?P<name>.*\S)\s+Points Grade(?:\s*<(?P<more>.*)>)?", re.S)


def _columns(read: ClassList) -> list[Column]:
    found = []
    for index, title in enumerate(read.table.titles):
        if match := _TITLE.fullmatch(title):
            most = re.search(r"MaxPoints:\s*([\d.,]+)", match["more"] or "")
            kind = re.match(r"\s*(Calculated|Formula)", match["more"] or "", re.I)
            closed = "Brightspace computes it itself" if kind else ""
            found.append(Column(index, title, match["name"], read_number(most[1]) if most else None, closed))
    return found


def made(works: Sequence[Work], options: Options) -> tuple[bytes, Told]:
    """A file for the import, without one to fill: who has neither a number nor a user name there is left out."""
    told, text = Told(), io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    titles = [options.columns.get(work.id) or work.title for work in works]
    rows.writerow(["OrgDefinedId", "Username", *(f"{title} Points Grade" for title in titles), END])
    people: dict[str, tuple[Entry, dict[str, str]]] = {}
    for work in works:
        for entry in work.entries:
            number, why = number_of(entry, options)
            if not why and not (entry.person.id or entry.person.login):
                why = "the roster does not say who this is in Brightspace"
            if not why and entry.state is State.EXCUSED:
                why = "excused: set it there by hand"
            if why:
                told.left.append((entry.name, f"{work.id}: {why}"))
            elif number is not None:
                told.written += 1
                if entry.state is State.UNJUDGED:
                    told.left.append((entry.name, f"{work.id}: written, but unjudged: a person must look"))
                key = entry.person.id or entry.person.login
                people.setdefault(key, (entry, {}))[1][work.id] = written(number, commas=False)
    for entry, numbers in people.values():
        keys = [f"#{key}" if key else "" for key in (entry.person.id, entry.person.login)]
        rows.writerow([*keys, *(numbers.get(work.id, "") for work in works), "#"])
    return text.getvalue().encode(), told


BRIGHTSPACE = Format("brightspace", _columns)
