"""A class is scored: what checks, persons' decisions and deadlines come to, for people as the roster knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from grader.classroom.people import People, people_of
from grader.course.catalog import Course
from grader.course.settings import settings_of
from grader.desk.docket import Settlement, docket_of
from grader.desk.reading import read_decisions
from grader.desk.whom import Known
from grader.gradebook.peek import handed_in
from grader.intake.inbox import Ends, TooLate
from grader.records import Assignment, Check, Grade, HandIn, Kind, Settings, Student
from grader.roster.people import Person
from grader.roster.roster import Roster
from grader.rules import scoring
from grader.rules.decisions import Rulings
from grader.rules.lateness import Case, is_past, over_term


@dataclass(frozen=True)
class Scorer:
    """What a course says of points, deadlines and people, as it is now. It reads files once, and changes none."""

    course: Course
    settings: Settings
    people: People
    settlement: Settlement

    def grade(
        self, assignment: Assignment, student: Student, checks: tuple[Check, ...], handed: Mapping[str, HandIn]
    ) -> Grade:
        """The Grade of what counts for a student and an assignment.

        Args:
            handed: when everything of this person was handed in, by assignment: late days are spent over the term.
        """
        rulings, terms = self.rulings(student.key, assignment.id), self.settings.of(assignment.id)
        cases = [self._case(student.key, id, one) for id, one in handed.items() if self._counts(student.key, id)]
        lateness = over_term(cases, self.settings.late.budget, self.settings.zone).get(assignment.id)
        return scoring.grade(assignment, self.people.called(student), checks, rulings, lateness, terms.late)

    def asked(self, id: str) -> Assignment:
        """An assignment with the questions that count: of the others, too, checks may be stored."""
        return self.settings.asked(self.course.assignment(id))

    def rulings(self, key: str, assignment: str) -> Rulings:
        """What persons decided about a student's work on an assignment."""
        person = self.people.person(key)
        return self.settlement.docket.of(self.who(key), assignment, person.section if person else "")

    def who(self, key: str) -> str:
        """The one key of a person, who may have handed in under several."""
        return who_is(self.people, key)

    def is_excused(self, key: str, assignment: str) -> bool:
        """Whether a person decided that it does not count for this student."""
        return bool(self.rulings(key, assignment).of(Kind.EXEMPTION))

    def is_past(self, key: str, assignment: str, now: datetime) -> bool:
        """Whether the student's own deadline, extensions included, is over."""
        return is_past(self._case(key, assignment, HandIn()), now, self.settings.zone)

    def is_too_late(self, student: Student, assignment: str, handed: HandIn) -> bool:
        """Whether something was handed in after this student's last date, extensions included."""
        case = replace(self._case(student.key, assignment, handed), at=None)
        found = over_term([case], 0, self.settings.zone).get(assignment)
        return bool(found and found.closed)

    @cached_property
    def dated(self) -> bool:
        """Whether anything is due at all."""
        return any(terms.due for terms in self.settings.terms.values())

    def _counts(self, key: str, assignment: str) -> bool:
        return self.dated and not self.rulings(key, assignment).of(Kind.EXEMPTION)

    def _case(self, key: str, assignment: str, handed: HandIn) -> Case:
        rulings = self.rulings(key, assignment)
        case = Case(assignment, self.settings.of(assignment), handed)
        if told := rulings.one(Kind.HANDED):
            case = replace(case, at=told.at)
        if more := rulings.one(Kind.EXTENSION):
            case = replace(case, due=more.due, extra=more.extra, excused=more.excused, why=more.reason, by=more.by)
        return case


def ends_of(course: Course, roster: Roster | None, gradebook: Path) -> Ends | None:
    """For those who handed in, what tells whether it came after the last date; None where there is no such date."""
    settings = settings_of(course)
    if not any(terms.closes or terms.late.closes is not None for terms in settings.terms.values()):
        return None

    def ends(students: Sequence[Student]) -> TooLate:
        people = people_of(roster, [*handed_in(gradebook), *((student, "") for student in students)])
        return scorer_of(course, people).is_too_late

    return ends


def scorer_of(course: Course, people: People) -> Scorer:
    """What scores this class. Raises FileFaults for a course file or decisions with faults."""
    settings = settings_of(course)
    decisions = read_decisions(settings.decisions, settings.zone)
    return Scorer(course, settings, people, docket_of(decisions, course, known_of(people)))


def known_of(people: People) -> Known:
    """Who may be meant by a name: everybody of the roster, once, and whoever else handed in."""
    persons = people.roster.people if people.roster else ()
    ids = {roster_key(person): _ids_of(person) for person in persons}
    strangers = []
    for key, student in people.students.items():
        if person := people.person(key):
            ids[roster_key(person)].update({f"{name} of {key}": id for name, id in student.ids.items()})
            ids[roster_key(person)][f"key {key}"] = key
        else:
            strangers.append(student)
    students = [Student(key, person.shown, ids[key]) for person in persons for key in [roster_key(person)]]
    sections = {roster_key(person): person.section for person in persons if person.section}
    return Known((*students, *strangers), sections, people.roster is not None)


def who_is(people: People, key: str) -> str:
    """The one key of a person, who may have handed in under several."""
    person = people.person(key)
    return roster_key(person) if person else key


def roster_key(person: Person) -> str:
    """The key that somebody of the roster has, whoever they are in what was handed in."""
    return f"roster//{person.id}"


def _ids_of(person: Person) -> dict[str, str]:
    own = {"id": person.id, "login": person.login, "email": person.email}
    own |= {f"{platform} {number}": id for platform, ids in person.ids.items() for number, id in enumerate(ids)}
    return {name: id for name, id in own.items() if id}
