"""The answers of a class to what persons judge, equal ones in one pile."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grader.classroom.people import People
from grader.classroom.scorer import who_is
from grader.course.catalog import Course
from grader.desk.whom import Known, words_of
from grader.gradebook.store import Gradebook
from grader.intake.answers import answer_hash
from grader.intake.written import Answer, answers_of, sheet_of
from grader.records import Assignment, Question, Student


@dataclass(frozen=True, slots=True)
class Paper:
    """One student's answer to one question.

    Attributes:
        student: the key in the gradebook; `who` that of the person, in decisions.
        named: how `decisions.toml` names the student.
        hash: of the answer, as decisions keep it.
    """

    student: str
    who: str
    named: str
    shown: str
    hash: str


@dataclass(frozen=True, slots=True)
class Pile:
    """Equal answers to one question.

    Attributes:
        id: the same for equal answers, whoever gave them: it tells nothing of the students.
        other: words that belong to no question, where no answer was found.
    """

    id: str
    question: Question
    answer: Answer
    papers: tuple[Paper, ...]
    other: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stack:
    """All that is to be marked: piles by question, the largest first, in an order that tells nothing of students."""

    assignment: Assignment
    piles: Mapping[str, tuple[Pile, ...]] = field(default_factory=dict)

    def pile(self, question: str, id: str) -> Pile | None:
        return next((pile for pile in self.piles.get(question, ()) if pile.id == id), None)


def stack_of(course: Course, assignment: Assignment, gradebook: Gradebook, people: People, known: Known) -> Stack:
    """The answers that count, of everybody who handed in."""
    sheet, names = sheet_of(course, assignment), people.names()
    students = {student.key: student for student in known.students}
    asked = [question for question in assignment.questions if question.by_hand]
    found: dict[str, dict[str, Pile]] = {question.id: {} for question in asked}
    for submission, drawn in gradebook.handed_for(assignment.id):
        answers, key = answers_of(submission, assignment, sheet), submission.student.key
        who = who_is(people, key)
        named = name_for(students.get(who, submission.student), known)
        for question in asked:
            answer = answers.to(question.id)
            other = answers.other if answer.empty else ()
            hash = answer_hash(submission, question, answers)
            paper = Paper(key, who, named, names.get(key, submission.student.name), hash)
            id = _same([hash, *other, *(drawn.get(cell.number, "") for cell in answer.cells)])
            before = found[question.id].get(id)
            papers = (*(before.papers if before else ()), paper)
            found[question.id][id] = Pile(id, question, answer, papers, other)
    piles = {id: tuple(sorted(own.values(), key=lambda p: (-len(p.papers), p.id))) for id, own in found.items()}
    return Stack(assignment, piles)


def name_for(student: Student, known: Known) -> str:
    """A word by which this person is known and nobody else; the key, where there is no other."""
    fitting = (word for word in _words(student) if [one.key for one in known.find(word)] == [student.key])
    return next(fitting, student.key)


def _words(student: Student) -> Iterable[str]:
    """Ids before names: a name may be somebody else's tomorrow."""
    own = [*student.ids.values(), student.key.rpartition("//")[2], student.name]
    return [word for word in own if word] + sorted(words_of(student))


def _same(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
