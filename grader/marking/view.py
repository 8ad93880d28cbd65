"""What the marking page shows: one question, one answer, the rubric, and how far one has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from grader import report
from grader.errors import InternalError
from grader.marking.marking import Marking, worth
from grader.marking.papers import Pile
from grader.records import Asked, Result
from grader.report.student.answer import answer_view
from grader.text import clean, points

NAMED = 40  # students whose names are shown


@dataclass
class Desk:
    """The pages of a marking.

    Args:
        asked: how the handout asks each question.
        whole: all that is stored of a student's notebook, by key.
        hidden: whether names are left out.
    """

    marking: Marking
    asked: Mapping[str, Asked]
    whole: Callable[[str], Result | None]
    hidden: bool = False

    @cached_property
    def script(self) -> str:
        """By what the content policy knows the page's script."""
        return report.mark_script()

    def overview(self) -> str:
        """How far one has come."""
        return report.mark_page(report.MarkView(title=self._title, questions=self._questions("")))

    def page(self, pile: Pile, fault: str = "") -> str:
        """One answer, or as many as are equal to it."""
        question, standing = pile.question, self.marking.standing(pile)
        choice = standing.choice
        whole = self.whole(pile.papers[0].student)
        if whole is None:
            raise InternalError(f"{pile.papers[0].shown}: the notebook is not in the gradebook any more")
        answers = report.answers_with(question.id, pile.answer)
        beside = (self.marking.beside(pile, step) for step in (-1, 1))
        before, after = (f"/answer/{one.question.id}/{one.id}" if one else "" for one in beside)
        asked = self.asked.get(question.id)
        view = report.MarkView(
            title=self._title,
            questions=self._questions(question.id),
            question=report.Marked(
                id=question.id,
                pile=pile.id,
                title=question.title,
                asked=asked.text if asked else "",
                points=points(question.points),
                lines=tuple(
                    (line.id, line.text, points(line.points), bool(choice and line.id in choice.lines))
                    for line in question.rubric
                ),
                given="" if choice is None or choice.points is None else points(choice.points),
                text=choice.text if choice else "",
                worth=points(worth(question, choice)) if choice else "",
                answer=answer_view(whole, question, (), asked, answers),
                other=tuple(clean(text, 4_000) for text in pile.other),
                students=len(pile.papers),
                names=() if self.hidden else tuple(paper.shown for paper in pile.papers[:NAMED]),
                hidden=self.hidden,
                marked=standing.done(pile),
                changed=standing.changed,
                before=before,
                after=after,
            ),
            fault=clean(fault, 500),
        )
        return report.mark_page(view)

    @property
    def _title(self) -> str:
        return self.marking.stack.assignment.title

    def _questions(self, current: str) -> tuple[tuple[str, str, int, int, bool], ...]:
        """Of each question: where it begins, its title, how many are marked, of how many, and whether it is shown."""
        found = []
        for id, piles in self.marking.stack.piles.items():
            marked, all_ = self.marking.progress(id)
            first = next(self.marking.waiting(id), piles[0] if piles else None)
            link = f"/answer/{id}/{first.id}" if first else ""
            found.append((link, self.marking.stack.assignment.question(id).title, marked, all_, id == current))
        return tuple(found)
