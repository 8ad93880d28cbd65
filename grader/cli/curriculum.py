"""What `grader course` prints: the rows of a curriculum, how each is covered, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from grader.cli.printing import out

if TYPE_CHECKING:  # what needs a library is imported by the command that needs it
    from grader.authoring.curriculum import Row


def show_rows(id: str, shown: Sequence[Row], rows: Sequence[Row]) -> None:
    """A table of some rows of an assignment, under a line that counts all of them by the first way they are covered."""
    out.print(Text(_sum(id, rows), style="bold"), soft_wrap=True)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(ratio=2)
    table.add_column(ratio=3)
    for row in shown:
        table.add_row(row.id, Text(row.about), Text("\n".join(_lines(row)), style="" if row.covered else "bold red"))
    if shown:
        out.print(table)


def show_sum(covered: Mapping[str, Sequence[Row]]) -> None:
    """The rows of all assignments together."""
    out.print(Text(_sum("the course", [row for rows in covered.values() for row in rows]), style="bold"))


def _sum(whose: str, rows: Sequence[Row]) -> str:
    counts = Counter(row.ways[0][0] for row in rows)
    said = ", ".join(f"{counts[way]} {way}" for way in ("asked", "shown", "worked through", "missing") if counts[way])
    return f"{whose}: {len(rows)} rows{': ' if rows else ''}{said}"


def _lines(row: Row) -> list[str]:
    ways = [f"{way}: {', '.join(places)}" if places else way for way, places in row.ways]
    return [*ways, *(f"{key}: {what}" for key, what, _ in row.broken)]


def rows_json(covered: Mapping[str, Sequence[Row]]) -> dict[str, list[dict[str, Any]]]:
    """The same as plain data, by assignment."""
    return {id: [_json(row) for row in rows] for id, rows in covered.items()}


def _json(row: Row) -> dict[str, Any]:
    claims = {key: what for key, what, _ in row.broken}
    ways = {"asked": row.asked, "shown": row.shown, "worked through": row.worked}
    return {"row": row.id, "about": row.about, **ways, "missing": not row.covered, "why": row.without, "broken": claims}
