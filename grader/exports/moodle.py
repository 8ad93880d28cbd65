"""Moodle: fills the offline grading worksheet of one assignment.

`Last modified (grade)` stays as it was downloaded: by it Moodle sees which rows were graded meanwhile, and skips them.
Titles are translated on sites in other languages.
"""

from __future__ import annotations

import re
from html import escape

from grader.exports.entries import Entry, Work
from grader.exports.filling import Column, Format
from grader.exports.numbers import read_number
from grader.roster.columns import plain
from grader.roster.reading import ClassList
from grader.roster.tables import Cell, Line
from grader.text import points

_GRADE = {"grade", "bewertung", "note", "calificacion", "valutazione", "cijfer", "nota", "avaliacao", "评分", "成绩"}
_MOST = {
    *("maximum grade", "beste bewertung", "maximale bewertung", "note maximale", "calificacion maxima"),
    *("valutazione massima", "punteggio massimo", "maximumcijfer", "maximaal cijfer", "nota maxima", "最高分"),
}
_OPEN = {
    *("grade can be changed", "bewertung kann geandert werden", "la note peut etre modifiee"),
    *("la calificacion puede ser cambiada", "la calificacion se puede cambiar", "la valutazione puo essere modificata"),
    *("cijfer kan gewijzigd worden", "cijfer kan worden gewijzigd", "a nota pode ser alterada"),
}
_COMMENT = {
    *("feedback comments", "feedback als kommentar", "feedback kommentare", "commentaires de feedback"),
    *("comentarios de retroalimentacion", "commenti di feedback", "feedbackcommentaar", "comentarios de feedback"),
}
_NO = {"no", "nein", "non", "nee", "nao", "否"}
_OURS = re.compile(r"[\d.]+ of [\d.]+ points\b")


def _columns(read: ClassList) -> list[Column]:
    index, most = _index(read, _GRADE), _index(read, _MOST)
    if index is None:
        return []
    said = {read_number(line.cells[most].text) for line in read.lines} if most is not None else set()
    title, also = read.table.titles[index], (most,) if most is not None else ()
    return [Column(index, title, "grade", said.pop() if len(said) == 1 else None, also=also)]


def _line(read: ClassList, line: Line) -> str:
    index = _index(read, _OPEN)
    closed = index is not None and plain(line.cells[index].text) in _NO
    return "Moodle says that this grade cannot be changed" if closed else ""


def _beside(read: ClassList, line: Line, entry: Entry, work: Work) -> dict[Cell, str]:
    """Feedback comments: what each question earned; what a person wrote there stays."""
    index = _index(read, _COMMENT)
    if index is None or entry.earned is None:
        return {}
    before = line.cells[index].text.strip()
    return {} if before and not _OURS.match(before) else {line.cells[index]: comment(entry, work)}


def comment(entry: Entry, work: Work) -> str:
    """A grade in one line, as HTML."""
    each = ", ".join(f"{score.question} {points(score.earned)}/{points(score.points)}" for score in entry.scores)
    late = f" {points(entry.penalty)} points were deducted for lateness." if entry.penalty else ""
    said = f"{points(entry.earned or 0)} of {points(work.points)} points: {each}.{late}"
    return "<br>".join(escape(text, quote=False).replace("\n", "<br>") for text in (said, *entry.comments))


def _index(read: ClassList, words: set[str]) -> int | None:
    return next((i for i, title in enumerate(read.table.titles) if plain(title) in words), None)


MOODLE = Format("moodle", _columns, places=2, line=_line, beside=_beside)
