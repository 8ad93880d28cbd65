"""A class list in a file: what a platform exports as it is, or the course's own `roster.csv`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import CourseError, FileFaults
from grader.roster.columns import LIST, OWN, STAFF, Form, form_of, known, near
from grader.roster.people import PLATFORMS, Person, faults_in
from grader.roster.tables import Line, Table, read_table
from grader.text import clean, identity

MORE = "more: "
_SHORTENED = re.compile(r"\d[.,]\d+E\+\d+", re.I)  # what a spreadsheet makes of a long number
_FORMULA = re.compile(r"'(?=\s*[=+\-@])")  # how tables of ours keep a spreadsheet from computing
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+")


@dataclass(frozen=True)
class ClassList:
    """What a file says of a class.

    Attributes:
        people: with an id each only where the list has one.
        lines: of the table, one for each of the people.
        left_out: rows that are no student's, each with the reason.
    """

    table: Table
    form: Form
    people: tuple[Person, ...]
    lines: tuple[Line, ...]
    left_out: tuple[str, ...]


def read_list(path: Path, encoding: str = "", own: bool = False) -> ClassList:
    """Read a class list. Raises UsageError for a file that is not there, FileFaults with a line for each fault.

    Args:
        encoding: where it cannot be told.
        own: it is the course's own `roster.csv`, or what takes its place.
    """
    try:
        return _read_list(path, encoding, own)
    except FileFaults:
        raise
    except CourseError as error:
        raise FileFaults([error]) from error


def _read_list(path: Path, encoding: str, own: bool) -> ClassList:
    table = read_table(path, known, encoding)
    form = form_of(table.titles, table.lines[0].cells[0].text if table.lines else "", own)
    keys = _keys(table, form)
    people, lines, left_out = [], [], []
    faults: list[CourseError] = []
    for line in table.lines:
        said = _said(keys, line)
        if reason := _no_student(form, said):
            left_out.append(f"{table.at(line)}: {clean(line.cells[0].text.strip(), 40)}: {reason}")
            continue
        person = _person(form, said, table.at(line))
        faults += _faults(form, person)
        people.append(person)
        lines.append(line)
    faults += faults_in(people)
    if faults:
        raise FileFaults(faults)
    return ClassList(table, form, tuple(people), tuple(lines), tuple(left_out))


def _keys(table: Table, form: Form) -> list[str]:
    """What each column means; "" for what is no business of ours."""
    keys = [form.key(title) for title in table.titles]
    if form in (OWN, LIST):
        keys = [key or _platform(table, title, form) for key, title in zip(keys, table.titles, strict=True)]
    for key in {*keys} - {"", "role", "section", "group"}:
        if keys.count(key) > 1 and form is OWN:
            raise CourseError(f"{table.path}:{table.header.number}", f"two columns are {key}", "remove one")
        while keys.count(key) > 1:  # the first one counts
            keys[len(keys) - 1 - keys[::-1].index(key)] = ""
    if not {*keys} & {"id", "name", "last", "email", "login", *PLATFORMS}:
        titles = ", ".join(table.titles)[:80]
        fix = "give it a header with columns such as id, name, email, section"
        raise CourseError(f"{table.path}:{table.header.number}", f"no column says who a student is: {titles}", fix)
    return keys


def _platform(table: Table, title: str, form: Form) -> str:
    """A column of a list of one's own that is none of ours: some platform's ids, what else is said, a typing error."""
    word = title.strip()
    if word.casefold() in PLATFORMS:
        return word.casefold()
    if form is OWN and (meant := near(word)):
        where = f"{table.path}:{table.header.number}"
        raise CourseError(where, f"there is no column {word!r}", f"did you mean {meant}? Else call it otherwise")
    return f"{MORE}{word}" if form is OWN and word else ""


def _said(keys: Sequence[str], line: Line) -> dict[str, str]:
    said: dict[str, str] = {}
    for key, cell in zip(keys, line.cells, strict=True):
        text = " ".join(clean(_FORMULA.sub("", cell.text), 300).split())
        if key and text:
            said[key] = f"{said[key]}, {text}" if key in said else text
    return said


def _no_student(form: Form, said: dict[str, str]) -> str:
    """Why a row is no student's; empty if it is one."""
    name = said.get("name", "")
    if STAFF.search(said.get("role", "")):
        return f"its role is {said['role']}"
    if form.name == "canvas":
        if not said.get("canvas", "").isdecimal():
            return "no student's row"
        if name.casefold() in ("student, test", "test student") and "id" not in said:
            return "Canvas's own test student"
    if not said.keys() - {"role", "section", "group"}:
        return "it names nobody"
    return ""


def _person(form: Form, said: dict[str, str], where: str) -> Person:
    name = said.get("name", "") or f"{said.get('first', '')} {said.get('last', '')}".strip()
    if form.last_first or (form is not OWN and "first" not in said):
        name = _first_last(name)
    id, email, login = said.get("id", ""), said.get("email", ""), said.get("login", "")
    if other := said.get("identifier", ""):  # whatever a teacher typed: an address, a number, a name
        id, email = ("", email or other) if "@" in other else (id or other, email)
    if form.name == "brightspace":
        id, login = id.removeprefix("#"), login.removeprefix("#")
    if "@" in login and not email:
        email = login
    ids = {platform: tuple(map(identity, said[platform].split())) for platform in PLATFORMS if platform in said}
    if form.name == "moodle" and "moodle" in said:  # "Participant 1234"
        ids["moodle"] = (said["moodle"].rpartition(" ")[2],)
    more = {key.removeprefix(MORE): value for key, value in said.items() if key.startswith(MORE)}
    return Person(identity(id), name, email, login, said.get("section", ""), said.get("group", ""), ids, more, where)


def _first_last(name: str) -> str:
    """ "Last, First" the other way round."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else name


def _faults(form: Form, person: Person) -> list[CourseError]:
    """What is wrong with one row for itself."""
    faults = []
    if _SHORTENED.fullmatch(person.id):
        fix = "set the column to text in the spreadsheet, and export again"
        faults.append(CourseError(person.where, f"a spreadsheet shortened the id to {person.id}", fix))
    if form is OWN and not person.settled().id:
        faults.append(CourseError(person.where, "there is no id", "write one"))
    if form is OWN and person.email and not _EMAIL.fullmatch(person.email):
        faults.append(
            CourseError(person.where, f"{person.email!r} is no e-mail address", "correct it, or leave it empty")
        )
    return faults
