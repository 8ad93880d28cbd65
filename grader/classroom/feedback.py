"""Hands out feedback: pages under names that nobody can guess, and the list of who has which."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.classroom.codes import code_of, secret_in
from grader.classroom.outgoing import Outgoing
from grader.classroom.table import BOM, no_formula
from grader.exports.entries import Entry, State, Told, Work
from grader.text import points

HEADER = ("student", "id", "email", "section", "assignment", "points", "of", "page")


@dataclass(frozen=True, slots=True)
class Handed:
    """Pages to hand out: their names, and the files that they are copies of.

    Attributes:
        table: the list, as CSV.
        held: assignments that are not released yet, each with the date.
    """

    pages: dict[str, Path]
    table: str
    told: Told
    held: tuple[tuple[str, datetime], ...]


def hand_out(class_: Outgoing, out: Path, works: Sequence[Work], base: str, *, early: bool) -> Handed:
    """What may be handed out by now.

    Args:
        out: the folder of results.
        base: goes before a page's name in the list: an address, or nothing.
        early: whether release dates are passed over.

    Raises UsageError where the folder's secret cannot be used.
    """
    secret, told = secret_in(out), Told()
    pages: dict[str, Path] = {}
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(HEADER)
    held = []
    for work in works:
        release = class_.release(work.id)
        if release and release > class_.now and not early:
            held.append((work.id, release))
            continue
        for entry in work.entries:
            if entry.page is None:
                continue
            if not entry.page.is_file():
                told.left.append((entry.name, f"{work.id}: the page is not there; run `grader run` again"))
                continue
            kind = "unreadable" if entry.state is State.UNREADABLE else "page"  # somebody may have both
            name = f"{work.id}-{code_of(secret, kind, work.id, entry.key)}.html"
            pages[name] = entry.page
            told.written += 1
            rows.writerow(_row(entry, work, f"{base}{name}"))
    return Handed(pages, BOM + text.getvalue(), told, tuple(held))


def _row(entry: Entry, work: Work, page: str) -> list[str]:
    person, earned = entry.person, "" if entry.earned is None else points(entry.earned)
    who = [entry.name, person.id or next(person.all_ids(), ""), person.email, person.section]
    return [*map(no_formula, who), work.id, earned, points(work.points), page]
