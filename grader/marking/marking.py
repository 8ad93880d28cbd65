"""Marking the answers of a class: which piles are marked, what was chosen, and the next one that waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from grader.desk.writing import Book
from grader.errors import UsageError
from grader.marking.papers import Pile, Stack
from grader.records import Decision, Kind, Question
from grader.rules.decisions import rubric_points
from grader.text import clean

MOST_TEXT = 10_000  # characters of a comment


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for an answer: lines of the rubric that hold, points in their place, a comment."""

    lines: tuple[str, ...] = ()
    points: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a pile.

    Attributes:
        marked: of how many papers, as they are now.
        changed: how many papers hold another answer than the one that was decided about.
        choice: what was chosen for all of them, if it is one thing.
    """

    marked: int
    changed: int
    choice: Choice | None

    def done(self, pile: Pile) -> bool:
        return self.marked == len(pile.papers)


class Marking:
    """A person marks the answers of a class. Each choice is on disk when `mark` returns.

    Args:
        by: who marks.
    """

    def __init__(self, stack: Stack, book: Book, by: str) -> None:
        self.stack, self.book, self.by = stack, book, by
        self._sheet = book.read()
        self._decided = self._by_answer()
        self._standings: dict[tuple[str, str], Standing] = {}

    def standing(self, pile: Pile) -> Standing:
        """What was decided about the papers of a pile."""
        place = (pile.question.id, pile.id)
        if place not in self._standings:
            self._standings[place] = self._standing(pile)
        return self._standings[place]

    def _standing(self, pile: Pile) -> Standing:
        found = [self._decided.get((paper.who, pile.question.id)) for paper in pile.papers]
        current = [one for one, paper in zip(found, pile.papers, strict=True) if one and one.answer in ("", paper.hash)]
        choices = {Choice(one.lines, one.points, one.text) for one in current}
        same = choices.pop() if len(choices) == 1 and len(current) == len(found) else None
        return Standing(len(current), sum(one is not None for one in found) - len(current), same)

    def mark(self, pile: Pile, choice: Choice) -> None:
        """Decide about a pile. Raises UsageError for what is no choice, FileFaults for decisions with faults."""
        question = pile.question
        entry: dict[str, object] = {"assignment": self.stack.assignment.id, "question": question.id}
        entry |= {"lines": list(choice.lines), "by": self.by, "on": date.today()}
        if choice.points is not None:
            entry["points"] = choice.points
        if text := clean(choice.text.replace("\r\n", "\n").strip(), MOST_TEXT):
            entry["text"] = text
        entry["answer"] = pile.papers[0].hash
        students = list(dict.fromkeys(paper.named for paper in pile.papers))
        edited = self.book.is_other(self._sheet)
        self._sheet = self.book.write_for(students, Kind.RUBRIC, entry, self._sheet)
        if edited:  # by hand, meanwhile: whatever was known may be otherwise
            self._decided, self._standings = self._by_answer(), {}
        model = Decision(
            Kind.RUBRIC, "", lines=choice.lines, points=choice.points, text=text, answer=pile.papers[0].hash
        )
        self._decided.update({(paper.who, question.id): model for paper in pile.papers})
        self._standings.pop((question.id, pile.id), None)

    def waiting(self, question: str = "") -> Iterator[Pile]:
        """The piles that are not marked, of one question or of all."""
        for id, piles in self.stack.piles.items():
            if question in ("", id):
                yield from (pile for pile in piles if not self.standing(pile).done(pile))

    def after(self, pile: Pile) -> Pile | None:
        """The next pile that waits: of the same question first, then of others."""
        own = list(self.stack.piles[pile.question.id])
        behind = own[own.index(pile) + 1 :] + own[: own.index(pile)]
        waiting = (one for one in behind if not self.standing(one).done(one))
        return next(waiting, None) or next((one for one in self.waiting() if one != pile), None)

    def beside(self, pile: Pile, step: int) -> Pile | None:
        """The pile before or after, marked or not."""
        everything = [one for piles in self.stack.piles.values() for one in piles]
        place = everything.index(pile) + step
        return everything[place] if 0 <= place < len(everything) else None

    def progress(self, question: str) -> tuple[int, int]:
        """Of a question, how many papers are marked, and how many there are."""
        piles = self.stack.piles[question]
        return sum(self.standing(pile).marked for pile in piles), sum(len(pile.papers) for pile in piles)

    def _by_answer(self) -> dict[tuple[str, str], Decision]:
        """The rubric's choices for this assignment, by person and question."""
        found: dict[tuple[str, str], Decision] = {}
        for one in self._sheet.decisions:
            if one.kind is Kind.RUBRIC and one.assignment == self.stack.assignment.id:
                who = self.book.known.find(one.student)
                if len(who) == 1:
                    found[who[0].key, one.question] = one
        return found


def choice_of(question: Question, lines: list[str], points: str, text: str) -> Choice:
    """A choice as a form has it. Raises UsageError."""
    known = [line.id for line in question.rubric]
    if unknown := [id for id in lines if id not in known]:
        raise UsageError(f"the rubric has no line {unknown[0]!r}")
    try:
        given = float(points.replace(",", ".")) if points.strip() else None
    except ValueError:
        raise UsageError(f"{points!r} is no number of points") from None
    if given is not None and not 0 <= given <= question.points:
        raise UsageError(f"the question has {question.points:g} points")
    return Choice(tuple(id for id in known if id in lines), given, text)


def worth(question: Question, choice: Choice) -> float:
    """The points that a choice gives."""
    decision = Decision(Kind.RUBRIC, "", question=question.id, lines=choice.lines, points=choice.points)
    return float(rubric_points(question, decision))
