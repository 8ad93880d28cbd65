"""Grades into the files that platforms export: what is expected is written out, byte by byte."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import exports_of_platforms as platforms
import jsonschema
import pytest

from grader.errors import GraderError, UsageError
from grader.exports import brightspace, feedback, gradescope, nbgrader, plain
from grader.exports.blackboard import BLACKBOARD
from grader.exports.canvas import CANVAS
from grader.exports.entries import Entry, Options, State, Told, Work
from grader.exports.filling import Format, fill
from grader.exports.moodle import MOODLE
from grader.exports.numbers import has_commas, read_number, written
from grader.records import Check, Diagnosis, FeedbackLevel, HandIn, Score, Status
from grader.roster.matching import Clues, clues_about
from grader.roster.people import Person
from grader.roster.reading import read_list

FORMS = {"canvas": CANVAS, "moodle": MOODLE, "blackboard": BLACKBOARD, "brightspace": brightspace.BRIGHTSPACE}
GRADES = {  # by id: the state and the points
    "0017": (State.PARTIAL, 7.25),
    "0018": (State.MISSING, None),
    "0019": (State.PARTIAL, 4.0),
    "0020": (State.UNJUDGED, 5.0),
    "0021": (State.COMPLETE, 10.0),
    "0022": (State.NONE, 0.0),
    "0023": (State.UNREADABLE, None),
}


def entry(id: str, **more: object) -> Entry:
    name = platforms.NAMES[platforms.IDS.index(id)]
    person = Person(id, name, email=f"{platforms.LOGINS[platforms.IDS.index(id)]}@example.edu")
    state, earned = GRADES[id]
    scores = (Score("double", earned, 10, Status.PASSED),) if earned is not None else ()
    made = Entry(person, f"roster//{id}", name, clues_about(person), state, earned, scores)
    return replace(made, **more)  # type: ignore[arg-type]


def work(*more: Entry, points: float = 10.0) -> Work:
    entries = (*(entry(id) for id in GRADES), *more)
    return Work("01_toy", "Toy", points, "2024-09-01T20:00:00Z", entries, {"double": "Twice"})


GHOST = Entry(Person("", "Ghost"), "canvas//9999", "Ghost", Clues((("canvas", "9999"),)), State.COMPLETE, 10.0)


def filled(name: str, folder: Path, *works: Work, options: Options | None = None, form: str = "") -> tuple[str, Told]:
    """The text of a platform's file with grades, decoded as it was."""
    path = platforms.write(name, folder)
    data, told = fill(FORMS[form or name], read_list(path), works or (work(GHOST),), options or Options())
    return data.decode(platforms.LISTS[name][1]), told


def changed(text: str, *cells: tuple[str, str]) -> str:
    """A file in which some places are otherwise; each is there once."""
    for before, after in cells:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


LEFT = [  # of everybody whose grade is no number to be exported
    ("Ghost", "01_toy: not in the file: nobody has this id, login, e-mail address or name"),
    ("Zoe Lee", "01_toy: unjudged: a person must look first"),
    ('Ayla "Quote" Ünal', "01_toy: unreadable: "),
]


def test_canvas(tmp_path: Path) -> None:
    """Points go into the assignment's column; EX stays; nothing else of the file is touched."""
    text, told = filled("canvas", tmp_path)
    assert text == changed(
        platforms.CANVAS,
        ("1001,0017,ang,Lab A,,", "1001,0017,ang,Lab A,7.25,"),
        ("Lab B,3.5,,,", "Lab B,4,,,"),
        ("xwang,Lab B,,", "xwang,Lab B,0,"),
    )
    assert sorted(told.left) == sorted([*LEFT, ("Robert O'Smith", "01_toy: excused there: kept")])
    assert told.changed == [("Zoe Lee", "3.5", "4")] and told.written == 3


def test_canvas_excuses(tmp_path: Path) -> None:
    """Who is excused here is EX there."""
    one = work()
    excused = replace(one, entries=(entry("0018", state=State.EXCUSED),))
    text, told = filled("canvas", tmp_path, excused)
    assert text == changed(platforms.CANVAS, ("jgarcia,Lab A,,18", "jgarcia,Lab A,EX,18")) and not told.left


def test_canvas_keeps_what_it_computes(tmp_path: Path) -> None:
    """A read-only column takes nothing, even when it is named."""
    path = tmp_path / "canvas.csv"
    path.write_text(platforms.CANVAS.replace(",10,20,", ",10,(read only),"), encoding="utf-8")
    with pytest.raises(GraderError, match="Canvas computes it itself"):
        fill(CANVAS, read_list(path), [work()], Options(columns={"01_toy": "Essay"}))


@pytest.mark.parametrize("separator", [";", ","])
def test_canvas_in_a_country_with_commas(separator: str, tmp_path: Path) -> None:
    """Decimals behind a comma, as the file has them, quoted where they must be."""
    lines = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Toy (501)"]]
    lines += [["    Points Possible", "", "", "", "", '"10,0"'], ["Ada Ng", "1001", "0017", "a", "L", ""]]
    path = tmp_path / "canvas.csv"
    path.write_text("\r\n".join(map(separator.join, lines)), encoding="utf-8")
    data, _ = fill(CANVAS, read_list(path), [work()], Options())
    due = '"7,25"' if separator == "," else "7,25"
    assert data.decode() == "\r\n".join(map(separator.join, [*lines[:-1], [*lines[-1][:-1], due]]))


def test_moodle(tmp_path: Path) -> None:
    """Grade and comment; a grade that Moodle closed and the comment of a person stay; so does when it was graded."""
    text, told = filled("moodle", tmp_path)
    assert text == changed(
        platforms.MOODLE,
        (
            '"Submitted for grading - ",,10.00,Yes,"Sunday, 1 September 2024, 8:00 PM",-,',
            '"Submitted for grading - ",7.25,10.00,Yes,"Sunday, 1 September 2024, 8:00 PM",-,'
            '"7.25 of 10 points: double 7.25/10."',
        ),
        (
            'bosmith@example.edu,"Submitted for grading - ",,10.00,Yes,-,-,',
            'bosmith@example.edu,"Submitted for grading - ",10.00,10.00,Yes,-,-,10 of 10 points: double 10/10.',
        ),
        (
            'xwang@example.edu,"Submitted for grading - ",,10.00,Yes,-,-,',
            'xwang@example.edu,"Submitted for grading - ",0.00,10.00,Yes,-,-,0 of 10 points: double 0/10.',
        ),
    ).replace('"7.25 of 10 points: double 7.25/10."', "7.25 of 10 points: double 7.25/10.")
    assert ("Zoe Lee", "01_toy: Moodle says that this grade cannot be changed") in told.left


def test_moodle_in_german(tmp_path: Path) -> None:
    """Titles are translated; the shape of the first column tells the file."""
    text = (
        'ID,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,"Beste Bewertung","Bewertung kann geändert werden",'
        '"Zuletzt geändert (Bewertung)","Feedback als Kommentar"\n'
        '"Teilnehmer/in 20001","Ada Ng",ang@example.edu,"Zur Bewertung abgegeben",,"100,00",Ja,-,\n'
        '"Teilnehmer/in 20002","José García",jgarcia@example.edu,-,,"100,00",Nein,-,\n'
    )
    path = tmp_path / "bewertungen.csv"
    path.write_text(text, encoding="utf-8")
    data, _ = fill(MOODLE, read_list(path), [work()], Options(scale=True))
    comment = "7.25 of 10 points: double 7.25/10."
    assert data.decode() == text.replace('abgegeben",,"100,00",Ja,-,', f'abgegeben","72,50","100,00",Ja,-,{comment}')


def test_blackboard(tmp_path: Path) -> None:
    """Its encoding with the mark, its quotes, its tabs, the column's id."""
    text, told = filled("blackboard", tmp_path)

    def line(login: str, points: str) -> tuple[str, str]:
        rest = f'"{platforms.IDS[platforms.LOGINS.index(login)]}"\t"2024-09-01 10:00:00"\t"Yes"\t'
        return f'"{login}"\t{rest}""', f'"{login}"\t{rest}"{points}"'

    due = changed(
        platforms.BLACKBOARD, line("ang", "7.25"), line("zlee1", "4"), line("bosmith", "10"), line("xwang", "0")
    )
    assert text == due and told.written == 4


def test_brightspace(tmp_path: Path) -> None:
    """The keys keep their #, the end of the line stays."""
    text, told = filled("brightspace", tmp_path)
    rows = {row["OrgDefinedId"]: row for row in csv.DictReader(io.StringIO(text))}
    title = "Toy Points Grade <Numeric MaxPoints:10>"
    assert {id: row[title] for id, row in rows.items()} == {
        "#0017": "7.25",
        "#0018": "",
        "#0019": "4",
        "#0020": "",
        "#0021": "10",
        "#0022": "0",
        "#0023": "",
    }
    assert text.replace(",7.25,#", ",,#").replace(",4,#", ",,#").replace(",10,#", ",,#").replace(",0,#", ",,#") == (
        platforms.BRIGHTSPACE
    )
    assert told.written == 4


def test_brightspace_without_a_file() -> None:
    """Of the roster: who has a number, and nobody else."""
    data, told = brightspace.made([work(GHOST)], Options())
    assert data.decode() == (
        "OrgDefinedId,Username,Toy Points Grade,End-of-Line Indicator\r\n"
        "#0017,,7.25,#\r\n#0019,,4,#\r\n#0021,,10,#\r\n#0022,,0,#\r\n"
    )
    assert ("Ghost", "01_toy: the roster does not say who this is in Brightspace") in told.left


@pytest.mark.parametrize("name", FORMS)
def test_nobody_who_is_not_clear_gets_a_number(name: str, tmp_path: Path) -> None:
    """Unjudged, unreadable, missing, two for one row: what stood in their rows stands there still."""
    twice = entry("0017", earned=1.0, doubt="")
    text, told = filled(name, tmp_path, work(GHOST, twice))
    before, after = (read_list(platforms.write(name, tmp_path)), tmp_path / "after.csv")
    after.write_bytes(text.encode(platforms.LISTS[name][1]))
    lines = {person.id: line.texts() for person, line in zip(before.people, before.lines, strict=True)}
    found = read_list(after)
    now = {person.id: line.texts() for person, line in zip(found.people, found.lines, strict=True)}
    assert all(now[id] == lines[id] for id in ("0017", "0018", "0020", "0023"))
    assert told.left.count(("Ada Ng", "01_toy: 2 grades for one row of the file")) == 2


def test_zero_only_past_the_deadline(tmp_path: Path) -> None:
    """And only when the instructor says so."""
    for zero, over, due in ((False, True, ""), (True, False, ""), (True, True, "0")):
        one = replace(work(), entries=(entry("0018", over=over),))
        text, told = filled("canvas", tmp_path, one, options=Options(zero=zero))
        assert text == changed(platforms.CANVAS, ("jgarcia,Lab A,,18", f"jgarcia,Lab A,{due},18"))
        assert bool(told.left) is (zero and not over)


def test_unjudged_points_are_said(tmp_path: Path) -> None:
    """They are written when the instructor wants them, and told all the same."""
    one = replace(work(), entries=(entry("0020"),))
    text, told = filled("canvas", tmp_path, one, options=Options(unjudged=True))
    assert text == changed(platforms.CANVAS, ('zlee2,"Lab A, Lab B",,', 'zlee2,"Lab A, Lab B",5,'))
    assert told.left == [("Zoe Lee", "01_toy: written, but unjudged: a person must look")]


def test_another_maximum_is_said(tmp_path: Path) -> None:
    """Points are converted only when it is asked for."""
    with pytest.raises(GraderError, match="10 points there, 20 here; make it 20 there, or"):
        filled("canvas", tmp_path, work(points=20))
    text, _ = filled("canvas", tmp_path, work(points=20), options=Options(scale=True))
    assert "1001,0017,ang,Lab A,3.63," in text


WRONG = {
    "no such column": (
        work(),
        Options(columns={"01_toy": "Tox"}),
        "there is no column 'Tox' for grades; there are 'Toy'",
    ),
    "which column": (replace(work(), id="07_x", title="X"), Options(), "which column is meant"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_clear_is_wrong_usage(name: str, tmp_path: Path) -> None:
    """One line that says what there is."""
    one, options, said = WRONG[name]
    with pytest.raises(UsageError, match=said):
        filled("canvas", tmp_path, one, options=options)


def test_an_assignment_without_a_column_is_told(tmp_path: Path) -> None:
    """The others are filled, and a person must look at it."""
    text, told = filled("canvas", tmp_path, work(), replace(work(), id="07_x", title="X"))
    assert "1001,0017,ang,Lab A,7.25," in text
    assert any(who == "07_x" and "name it with --column" in why for who, why in told.left)


def test_a_file_of_another_platform_is_refused(tmp_path: Path) -> None:
    """Canvas's gradebook is no worksheet of Moodle."""
    with pytest.raises(GraderError, match="this is a Canvas gradebook; name what Moodle exports"):
        filled("canvas", tmp_path, form="moodle")


def test_nbgrader_table() -> None:
    """Its columns; who has no number has no score."""
    one = replace(entry("0017", penalty=1.5), handed=HandIn("2024-09-02T20:00:00Z", True))
    data, _ = nbgrader.table([replace(work(), entries=(one, entry("0018"), entry("0020")))], Options())
    assert data.decode().splitlines() == [
        ",".join(nbgrader.HEADER),
        "01_toy,2024-09-01T20:00:00Z,2024-09-02T20:00:00Z,0017,Ng,Ada,ang@example.edu,8.75,1.5,7.25,10",
        "01_toy,2024-09-01T20:00:00Z,,0018,García,José,jgarcia@example.edu,,,,10",
        "01_toy,2024-09-01T20:00:00Z,,0020,Lee,Zoe,zlee2@example.edu,,,,10",
    ]


def test_json_keeps_its_schema() -> None:
    """What is written is what the schema says; a grade that is no number is null, with the reason."""
    data, told = plain.json_of([work(GHOST)], Options())
    whole = json.loads(data)
    jsonschema.validate(whole, json.loads(plain.schema()))
    points = {grade["id"]: (grade["points"], grade["state"], grade["why"]) for grade in whole["grades"]}
    assert points["0020"] == (None, "unjudged", "unjudged: a person must look first")
    assert points["0018"] == (None, "missing", "") and points["0022"] == (0.0, "none", "")
    assert len(told.left) == 2
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**whole, "grades": [{**whole["grades"][0], "points": "7"}]}, json.loads(plain.schema()))


CHECKS = (
    Check("double", "a", "It doubles.", Status.FAILED, "`1` came", Diagnosis("m", "M", "Look at the sign.")),
    Check("double", "b", "It keeps its argument.", Status.PASSED),
)


def test_gradescope_says_as_much_as_students_are_told() -> None:
    """By the level of feedback; the score is the same."""
    outputs = {}
    for level in FeedbackLevel:
        data, told = gradescope.results(entry("0017", checks=CHECKS), work(), level)
        whole = json.loads(data)
        assert whole["score"] == 7.25 and not told.left
        outputs[level.value] = [test["output"] for test in whole["tests"]]
    assert outputs == {
        "full": ["Look at the sign.\n✗ It doubles.\n  `1` came\n✓ It keeps its argument."],
        "hints": ["Look at the sign.\n✗ It doubles.\n✓ It keeps its argument."],
        "outcomes": ["✗ It doubles.\n✓ It keeps its argument."],
        "score": [],
    }


def test_gradescope_gives_no_zero_for_what_could_not_be_read() -> None:
    """There is no score at all, so that staff is asked."""
    data, told = gradescope.results(entry("0023", remark="The file is empty."), work(), FeedbackLevel.FULL)
    assert "score" not in json.loads(data) and told.left


PATHS = {
    "canvas": ("s.zip/ngada_LATE_1001_50001_01 toy-1.ipynb", "ngada_LATE_1001_50001_01 toy-1.html"),
    "moodle": (
        "m.zip/Ada Ng_20001_assignsubmission_file_/a/x.ipynb",
        "Ada Ng_20001_assignsubmission_file_/01_toy.html",
    ),
    "moodle flat": ("m/Ada Ng_20001_assignsubmission_file_x.ipynb", "Ada Ng_20001_assignsubmission_file_01_toy.html"),
    "brightspace": (
        "b/12345-60001 - Ada Ng - Sep 1, 2024 800 PM/x.ipynb",
        "12345-60001 - Ada Ng - Sep 1, 2024 800 PM/01_toy.html",
    ),
    "json": ("whatever.ipynb", "01_toy/0017_Ada-Ng.html"),
    "nbgrader": ("whatever.ipynb", "feedback/0017/01_toy/01_toy.html"),
}


@pytest.mark.parametrize("name", PATHS)
def test_pages_are_named_as_the_platform_wants_them(name: str, tmp_path: Path) -> None:
    """In the names of the download, where the platform finds them by these."""
    path, due = PATHS[name]
    page = tmp_path / "page.html"
    page.write_text("<p>", encoding="utf-8")
    one = entry("0017", page=page, path=path)
    data, told = feedback.archive([replace(work(), entries=(one, one))], feedback.NAMES[name.split()[0]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == [due]
    assert [why for _, why in told.left] == [f"01_toy: no page: Ada Ng has a page at this place, {due}"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("10", 10), ("10.5", 10.5), ("10,5", 10.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("50 %", 50), ("-", None)],
)
def test_numbers_are_read(text: str, number: float | None) -> None:
    """As any country writes them."""
    assert read_number(text) == number


def test_numbers_are_written() -> None:
    """In hundredths, half upwards, with the file's own sign."""
    assert [written(x, False) for x in (7.0, 7.25, 2 / 3, 0.125, 0.0)] == ["7", "7.25", "0.67", "0.13", "0"]
    assert written(7.5, True, 2) == "7,50"
    assert has_commas(["", "1,5"], ",") and has_commas([""], ";") and not has_commas(["1.5"], ";")


def test_every_format_has_its_case() -> None:
    """A platform whose file is filled is among those tried above."""
    assert all(isinstance(form, Format) and form.name in platforms.LISTS for form in FORMS.values())
