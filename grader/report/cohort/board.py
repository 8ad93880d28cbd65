"""What a class reached in its quests: numbers, by the nicknames that students chose. Without one nobody is on it."""

from __future__ import annotations

from dataclasses import dataclass

from grader.records import Assignment, Drawing, Question, Result

Reached = tuple[float, str, str]  # the number, the nickname, and what was measured


@dataclass(frozen=True, slots=True)
class BoardView:
    """A quest: its title, what was measured, and who reached what: place, nickname, number."""

    title: str
    measure: str
    rows: tuple[tuple[int, str, str], ...]


class Boards:
    """Collects what was reached, one result after another.

    Args:
        assignment: None where the course has no boards.
    """

    def __init__(self, assignment: Assignment | None) -> None:
        quests = [question for question in assignment.questions if question.quest] if assignment else []
        self._found: dict[str, tuple[Question, list[Reached]]] = {one.id: (one, []) for one in quests}

    def add(self, result: Result) -> None:
        """What a submission reached: one number for each quest."""
        for question, found in self._found.values():
            figures = (figure for check in result.checks if check.question == question.id for figure in check.figures)
            numbers = (one for one in figures if one.drawing is Drawing.QUEST and one.values and any(one.names))
            if figure := next(numbers, None):
                found.append((figure.values[0], figure.names[0], figure.title))

    def view(self) -> tuple[BoardView, ...]:
        """The board of each quest that anybody with a nickname took part in."""
        return tuple(_board(question, found) for question, found in self._found.values() if found)


def _board(question: Question, found: list[Reached]) -> BoardView:
    """Equal numbers share a place."""
    best = -1 if question.quest == "highest" else 1
    ordered = sorted(found, key=lambda one: (best * one[0], one[1].casefold()))
    places = {number: place for place, (number, _, _) in reversed([*enumerate(ordered, start=1)])}
    rows = tuple((places[number], name, f"{number:g}") for number, name, _ in ordered)
    return BoardView(question.title, ordered[0][2], rows)
