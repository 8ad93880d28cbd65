"""The people of a course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from grader.errors import CourseError
from grader.text import name_of

PLATFORMS = ("canvas", "moodle", "blackboard", "brightspace", "gradescope", "github", "gitlab", "google", "nbgrader")
PLAIN = ("id", "name", "email", "login", "section", "group")


@dataclass(frozen=True, slots=True)
class Person:
    """One student of a class list.

    Attributes:
        id: the course's own: a student number as a rule. Empty in a list that has none.
        name: as it is spoken: first name first.
        group: who hands in together.
        ids: what platforms know the student by; several where a platform has a new one for each assignment.
        more: what else the course's own list says, by column.
        where: the file and the line, for people.
    """

    id: str
    name: str
    email: str = ""
    login: str = ""
    section: str = ""
    group: str = ""
    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)
    where: str = field(default="", compare=False)

    @property
    def shown(self) -> str:
        """One clean line: the name, or what else there is."""
        return name_of(self.name or self.id or self.email or self.login or next(iter(self.all_ids()), ""))

    def all_ids(self) -> Iterator[str]:
        return (id for ids in self.ids.values() for id in ids)

    def settled(self) -> Person:
        """The person with an id: where a list has none, the next best thing that is theirs alone."""
        return replace(self, id=self.id or self.login or self.email or next(self.all_ids(), "") or self.name)


def faults_in(people: Iterable[Person]) -> list[CourseError]:
    """Who shares what must be one person's alone: an id, an e-mail address, a login, a platform's id."""
    faults = []
    first: dict[tuple[str, str], Person] = {}
    for person in people:
        own = [("id", person.id), ("email", person.email.casefold()), ("login", person.login.casefold())]
        own += [(platform, id.casefold()) for platform, ids in person.ids.items() for id in ids]
        for what, value in own:
            other = first.setdefault((what, value), person) if value else person
            if other is not person:
                said = f"{what} {value!r} is also that of {other.shown} ({other.where})"
                faults.append(CourseError(person.where, said, "correct one, or remove the line that is too much"))
                break
    return faults
