"""Class lists as platforms export them, the course's own roster, and whose a hand-in is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import exports_of_platforms as platforms
import pytest

from grader.errors import CourseError, FileFaults
from grader.intake.claims import Claim
from grader.intake.groups import Groups, with_members
from grader.records import Student
from grader.roster.matching import match_all
from grader.roster.people import Person
from grader.roster.reading import read_list
from grader.roster.roster import Roster, merge, read_roster, student_of, written


def saved(folder: Path, text: str, encoding: str = "utf-8", name: str = "roster.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("name", platforms.LISTS)
def test_a_platforms_list_is_read_as_it_is(name: str, tmp_path: Path) -> None:
    """Everybody, with the id and the name, whatever encoding, separator and quotes."""
    found = read_list(platforms.write(name, tmp_path))
    assert found.form.name == name
    assert tuple(person.name for person in found.people) == platforms.NAMES
    assert tuple(person.id for person in found.people) == platforms.IDS


def test_rows_that_are_no_students_are_said(tmp_path: Path) -> None:
    """Points Possible, the test student and staff are left out, each with the reason."""
    assert [line.partition("canvas.csv:")[2] for line in read_list(platforms.write("canvas", tmp_path)).left_out] == [
        "2: : no student's row",
        "3: Points Possible: no student's row",
        "11: Student, Test: Canvas's own test student",
    ]
    assert "its role is TA" in read_list(platforms.write("gradescope", tmp_path)).left_out[0]


def test_all_lists_make_one_roster(tmp_path: Path) -> None:
    """Ids, addresses and logins of all platforms come together in one row for each, and nobody comes twice."""
    roster = Roster()
    for name in platforms.LISTS:
        roster = merge(roster, read_list(platforms.write(name, tmp_path)).people).roster
    assert [person.id for person in roster.people] == list(platforms.IDS)
    ada = roster.people[0]
    assert (ada.email, ada.login) == ("ang@example.edu", "ang")
    assert ada.ids == {"canvas": ("1001",), "moodle": ("20001",), "github": ("gh-ang",)}
    path = tmp_path / "roster.csv"
    path.write_text(written(roster), encoding="utf-8")
    assert read_roster(path) == roster


ENCODINGS = (
    ("José García, Müller, Šárka Þór", "cp1252"),
    ("José García", "mac_roman"),
    ("Wałęsa, Dvořák", "cp1250"),
    ("王小明", "utf-16-le"),
    ("王小明", "utf-16"),
    ("José", "utf-8-sig"),
    ("Ὀδυσσεύς", "utf-32"),
)


@pytest.mark.parametrize(("name", "encoding"), ENCODINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_are_told(name: str, encoding: str, separator: str, tmp_path: Path) -> None:
    """What spreadsheets write on Windows, on a Mac and elsewhere, with any separator."""
    lines = [["id", "name", "email"], ["1", f'"{name}"', "a@example.edu"], ["2", "Ada Ng", "b@example.edu"]]
    path = saved(tmp_path, "\r\n".join(map(separator.join, lines)), encoding)
    assert [person.name for person in read_list(path).people] == [name, "Ada Ng"]


@pytest.mark.parametrize(("name", "encoding"), [("王小明", "gb18030"), ("Иванов Пётр", "cp1251")])
def test_an_encoding_that_cannot_be_told_is_asked_for(name: str, encoding: str, tmp_path: Path) -> None:
    """Nothing is guessed: the instructor names it."""
    path = saved(tmp_path, f"id,name\n1,{name}\n", encoding)
    with pytest.raises(CourseError, match="encoding cannot be told"):
        read_list(path)
    assert read_list(path, encoding).people[0].name == name


FAULTS = {
    "id twice": ("id,name\n1,Ada\n2,Bob\n01,Cid\n1,Dan\n", ["roster.csv:5: id '1' is also that of Ada"]),
    "mail twice": ("id,name,email\n1,Ada,a@x.y\n2,Bob,A@x.y\n", ["roster.csv:3: email 'a@x.y' is also that of Ada"]),
    "no mail": ("id,name,email\n1,Ada,a.x.y\n2,Bob,\n", ["roster.csv:2: 'a.x.y' is no e-mail address"]),
    "wrong title": ("id,nmae,email\n1,Ada,a@x.y\n", ["roster.csv:1: there is no column 'nmae'; did you mean name?"]),
    "title twice": ("id,name,id\n1,Ada,2\n", ["roster.csv:1: two columns are id"]),
    "no titles": ("17;Ada;Lab\n18;Bob;Lab\n", ["roster.csv:1: no column says who a student is"]),
    "comma lacks": (
        "id,name,email\n1,Ada\n2,Bob,b@x.y\n3,Ng, Cid,c@x.y\n",
        ["roster.csv:2: 2 cells", "roster.csv:4: 4"],
    ),
    "quote open": ('id,name\n1,"Ada\n2,Bob\n', ["roster.csv:2: a quote is opened and not closed"]),
    "shortened": ("id,name\n1.23457E+11,Ada\n", ["roster.csv:2: a spreadsheet shortened the id"]),
    "two at once": ("id,name,email\n1,Ada,x\n2,Bob,y\n", ["roster.csv:2: 'x' is no", "roster.csv:3: 'y' is no"]),
    "empty": ("\n\n", ["roster.csv: there is nothing in it"]),
    "workbook": ("PK\x03\x04", ["roster.csv: it is a workbook"]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_typing_errors_are_a_line_each(name: str, tmp_path: Path) -> None:
    """With the file, the line and the cure; all of them at once, and nothing is read."""
    text, lines = FAULTS[name]
    with pytest.raises(FileFaults) as error:
        read_roster(saved(tmp_path, text))
    said = [str(fault).replace(f"{tmp_path}/", "") for fault in error.value.faults]
    assert len(said) == len(lines)
    for line, part in zip(said, lines, strict=True):
        assert line.startswith(part)
        assert "; " in line


PEOPLE = (
    Person("17", "Ada Ng", "ada@example.edu", "ang", ids={"canvas": ("1001",)}),
    Person("18", "José García", "jose@example.edu", "jg", ids={"canvas": ("1002",)}),
    Person("19", "Zoe Lee", login="zlee1"),
    Person("20", "Zoe Lee", login="zlee2"),
    Person("1005", "Bob O'Smith", "bob@example.edu"),
)
HANDED = {
    "canvas id": (Student("canvas//1001", "ngada", {"canvas": "1001"}), "17"),
    "canvas id, another name": (Student("canvas//1001", "married", {"canvas": "1001"}), "17"),
    "canvas name": (Student("canvas//1009", "osmithbob", {"canvas": "1009"}), "1005"),
    "canvas number of another": (Student("canvas//1005", "nobody", {"canvas": "1005"}), ""),
    "another of that name": (Student("canvas//1077", "ngada", {"canvas": "1077"}), ""),
    "two of that name": (Student("canvas//1078", "leezoe", {"canvas": "1078"}), ""),
    "blackboard": (Student("blackboard//zlee2", "Zoe Lee", {"blackboard": "zlee2"}), "20"),
    "sid": (Student("gradescope//0018", "J", {"gradescope": "0018"}), "18"),
    "sid unknown, mail": (Student("gradescope//x", "J", {"gradescope": "x", "email": "JOSE@example.edu"}), "18"),
    "moodle name": (Student("moodle//5", "José García", {"moodle": "5"}), "18"),
    "without accents": (Student.named("jose garcia"), "18"),
    "last, first": (Student.named("García, José"), "18"),
    "folder is an id": (Student.named("0019"), "19"),
    "folder is a login": (Student.named("Tuesday/zlee1"), "19"),
    "folder is a mail": (Student.named("bob@example.edu"), "1005"),
    "nobody": (Student.named("Mallory"), ""),
}


@pytest.mark.parametrize("name", HANDED)
def test_whose_a_hand_in_is(name: str) -> None:
    """By id, login, e-mail address, then a name that one person has; never by half."""
    student, id = HANDED[name]
    match = match_all([(student, "01_toy")], Roster(PEOPLE).matcher)[student.key]
    assert (match.person.id if match.person else "") == id
    assert bool(match.why) is not bool(id)


def test_two_of_one_name_are_not_one_person() -> None:
    """Nor is one who is there by id the one who is there by name; in another assignment they may be."""
    one, two = Student.named("Tuesday/Ada Ng"), Student.named("Thursday/Ada Ng")
    matcher = Roster(PEOPLE).matcher
    found = match_all([(one, "01_toy"), (two, "01_toy")], matcher)
    assert all(match.person is None and "handed in as" in match.why for match in found.values())
    found = match_all([(one, "01_toy"), (two, "02_toy")], matcher)
    assert all(match.person is not None for match in found.values())


def test_a_member_of_a_group_is_found_again() -> None:
    """Who is known to the platform has its key; who is not, the roster's."""
    matcher = Roster(PEOPLE).matcher
    for person in PEOPLE:
        student = student_of(person, "canvas")
        assert match_all([(student, "")], matcher)[student.key].person is person


def test_a_merge_adds_and_changes_and_removes_nobody(tmp_path: Path) -> None:
    """What is said newly counts, what was said before is told, and absent people stay."""
    roster = Roster((Person("17", "Ada Ng", section="A"), Person("18", "Bob")))
    found = merge(roster, read_list(saved(tmp_path, "id,name,section\n17,Ada Ng,B\n21,Cid,A\n")).people)
    assert [person.id for person in found.roster.people] == ["17", "18", "21"]
    assert [(person.id, what, before, now) for person, what, before, now in found.changed] == [
        ("17", "section", "A", "B")
    ]
    assert [person.name for person in found.added] == ["Cid"]
    assert [person.name for person in found.absent] == ["Bob"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("name,email\nZoe Lee,z@example.edu\n", "2 people have this name"),
        ("name,login,email\nAda Ng,ang,\nAda,,ada@example.edu\n", "and so is"),
    ],
)
def test_a_merge_that_is_not_clear_is_refused(text: str, part: str, tmp_path: Path) -> None:
    """Nothing of it is applied."""
    with pytest.raises(FileFaults, match=part):
        merge(Roster(PEOPLE), read_list(saved(tmp_path, text)).people)


def test_cells_are_filled_and_nothing_else_is_touched(tmp_path: Path) -> None:
    """Byte by byte, in each platform's encoding and quoting."""
    for name in platforms.LISTS:
        path = platforms.write(name, tmp_path)
        table = read_list(path).table
        assert table.filled({}) == path.read_bytes()
        cell = table.lines[-1].cells[-1]
        again = saved(tmp_path, "", name="again.csv")
        again.write_bytes(table.filled({cell: 'a, "b"'}))
        other = read_list(again).table
        assert other.lines[-1].cells[-1].text == 'a, "b"'
        assert [line.texts() for line in other.lines[:-1]] == [line.texts() for line in table.lines[:-1]]


def test_what_a_spreadsheet_would_compute_is_kept_from_it(tmp_path: Path) -> None:
    """In the file it is quoted, and read again it is what it was."""
    roster = Roster((Person("-17", "=Ada", "a@example.edu", section="+1"), Person("18", "O'Ng", more={"room": "@3"})))
    path = saved(tmp_path, written(roster))
    assert "'-17,'=Ada" in path.read_text(encoding="utf-8")
    assert read_roster(path) == roster


GROUPS = {
    "unknown": ("group,id\nA,17\nA,99\n", "groups.csv:3: 99: nobody has this id"),
    "in two": ("group,id\nA,17\nB,17\n", "groups.csv:3: "),
    "by name": ("group,name\nA,Zoe Lee\n", "groups.csv:2: Zoe Lee: 2 people have this name"),
}


@pytest.mark.parametrize("name", GROUPS)
def test_typing_errors_in_groups_are_a_line_each(name: str, tmp_path: Path) -> None:
    """And no group is made."""
    text, line = GROUPS[name]
    path = saved(tmp_path, text, name="groups.csv")
    with pytest.raises(FileFaults) as error:
        Roster(PEOPLE).with_groups(read_list(path, own=True).people)
    (fault,) = error.value.faults
    assert str(fault).replace(f"{tmp_path}/", "").startswith(line)


TEAM = Roster((replace(PEOPLE[0], group="Red Pandas"), replace(PEOPLE[1], group="Red Pandas"), *PEOPLE[2:]))
HAND_INS = {  # a student as a platform names it, the group it tells; and the keys of all whose it is
    "canvas": (Student("canvas//1001", "redpandas", {"canvas": "1001"}), "", ["canvas//1001", "canvas//1002"]),
    "canvas, a stranger": (Student("canvas//7", "redpandas", {"canvas": "7"}), "", ["canvas//1001", "canvas//1002"]),
    "moodle": (Student("moodle//5", "Red Pandas-Ada Ng", {"moodle": "5"}), "", ["moodle//5", "roster//18"]),
    "moodle, told": (Student("moodle//5", "Ada Ng", {"moodle": "5"}), "Red Pandas", ["moodle//5", "roster//18"]),
    "a team's repository": (Student("github//red-pandas", "red-pandas", {"github": "red-pandas"}), "", None),
    "a folder": (Student.named("Red_Pandas"), "", ["roster//17", "roster//18"]),
    "a member alone": (Student("canvas//1001", "ngada", {"canvas": "1001"}), "", ["canvas//1001"]),
    "another group's name": (
        Student("blackboard//zlee2", "Red Pandas", {"blackboard": "zlee2"}),
        "",
        ["blackboard//zlee2"],
    ),
}


@pytest.mark.parametrize("name", HAND_INS)
def test_a_groups_hand_in_is_each_members(name: str) -> None:
    """By the group's name, wherever a platform puts it; by one member's only when the instructor says so."""
    student, group, keys = HAND_INS[name]
    claim = Claim(None, (student,), "where", group=group)
    (found,) = with_members([claim], Groups(TEAM))
    assert [one.key for one in found.students] == (keys or ["roster//17", "roster//18"])
    if name == "a member alone":
        (found,) = with_members([claim], Groups(TEAM, together=True))
        assert [one.key for one in found.students] == ["canvas//1001", "canvas//1002"]
