"""`course.toml`, how the course is run, as Settings. docs/instructors.md has the table of its keys.

    title = "Deep learning in practice"
    timezone = "Europe/Zurich"

    [late]
    penalty = 10

    [assignments.01_tensors]
    due = 2026-10-12T23:59:00

A course without the file has no deadlines, and all that stands here has its default.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from grader.course.catalog import ID, SETTINGS, Course
from grader.course.requirements import requirement_fault
from grader.course.tables import Table, did_you_mean, read_toml
from grader.errors import CourseError, FileFaults
from grader.records import Attempt, Basis, Feedback, FeedbackLevel, Late, Per, Reach, Settings, Terms

ROSTER, DECISIONS, GROUPS = "roster.csv", "decisions.toml", "groups.csv"  # where nothing else is said


def settings_of(course: Course) -> Settings:
    """What `course.toml` says, and defaults for the rest. Raises FileFaults, one line per fault."""
    path = course.root / SETTINGS
    if not path.is_file():
        return _settings(Table(str(path), {}, []), course)
    faults: list[CourseError] = []
    try:
        table = Table(str(path), read_toml(path), faults)
    except CourseError as error:
        raise FileFaults([error]) from error
    except OSError as error:
        raise FileFaults([CourseError(path, f"cannot be read: {error.strerror}", "make it readable")]) from error
    settings = _settings(table, course)
    table.close()
    if faults:
        raise FileFaults(faults)
    return settings


def _settings(table: Table, course: Course) -> Settings:
    zone = _zone(table)
    late_table, feedback_table = table.table("late"), table.table("feedback")
    late, feedback = _late(late_table, Late()), _feedback(feedback_table, Feedback(), zone)
    late_table.close()
    feedback_table.close()
    return Settings(
        title=table.text("title"),
        zone=zone.key,
        requirements=_requirements(table),
        roster=_list(table, "roster", course.root, ROSTER),
        decisions=course.root / table.text("decisions", DECISIONS),
        groups=_list(table, "groups", course.root, GROUPS),
        attempt=table.choice("attempt", Attempt, Attempt.LAST),
        board=table.flag("board"),
        late=late,
        feedback=feedback,
        terms=_terms(table.table("assignments"), course, Terms(late=late, feedback=feedback), zone),
    )


def _zone(table: Table) -> ZoneInfo:
    name = table.text("timezone", "UTC")
    try:
        return zone_named(name)
    except ValueError:
        table.fault("timezone", f"there is no time zone {name!r}", _near_zone(name))
        return ZoneInfo("UTC")


@cache
def zone_named(name: str) -> ZoneInfo:
    """The time zone of this IANA name. Raises ValueError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:  # a folder of zones is one of the latter
        raise ValueError(name) from error


def _near_zone(name: str) -> str:
    """The zone that was meant, by its whole name or by the name of its city alone."""
    zones = {zone.lower(): zone for zone in sorted(available_timezones())}
    cities = {low.rpartition("/")[2]: zone for low, zone in zones.items()}
    word = name.strip().replace(" ", "_").lower()
    for known, asked in ((zones, word), (cities, word.rpartition("/")[2])):
        if near := get_close_matches(asked, known, n=1, cutoff=0.75):
            return f"did you mean {known[near[0]]}?"
    return "take an IANA name, such as Europe/Zurich"


def _requirements(table: Table) -> tuple[str, ...]:
    lines = table.texts("requirements")
    for line in lines:
        if requirement_fault(line):
            table.fault("requirements", f"{line!r} is no requirement", "write it as for pip, such as pandas>=2")
    return lines


def _list(table: Table, key: str, root: Path, default: str) -> Path | None:
    """A file that is named, or lies where it is looked for when nothing is said."""
    named = table.text(key)
    path = root / (named or default)
    if path.is_file():
        return path
    if named:
        table.fault(key, f"there is no file {path}", "correct the name, which is relative to this file, or make it")
    return None


def _late(table: Table, base: Late) -> Late:
    """The keys of `[late]`; what is not there is as in `base`."""
    return Late(
        grace=table.span("grace", base.grace) or base.grace,
        penalty=table.number("penalty", base.penalty, 0, 100),
        per=table.choice("per", Per, base.per),
        of=table.choice("of", Basis, base.of),
        cap=table.number("cap", base.cap, 0, 100),
        closes=table.span("closes", base.closes),
        budget=table.whole("budget", base.budget) if not table.prefix.startswith("assignments.") else base.budget,
    )


def _feedback(table: Table, base: Feedback, zone: ZoneInfo) -> Feedback:
    level = table.choice("level", FeedbackLevel, base.level)
    return Feedback(level, table.moment("release", zone) or base.release)


def _terms(table: Table, course: Course, base: Terms, zone: ZoneInfo) -> dict[str, Terms]:
    terms, known = {}, course.ids()
    for id in table.data:
        one = table.table(id)
        if id not in known and not _is_sitting(table, one, id, course):
            continue
        late, feedback = one.table("late"), one.table("feedback")
        due, closes = one.moment("due", zone), one.moment("closes", zone)
        if due and closes and closes < due:
            one.fault("closes", "is before the due date", "take a later one, or leave it out")
        terms[id] = Terms(
            due,
            one.number("weight", base.weight),
            closes,
            _late(late, base.late),
            _feedback(feedback, base.feedback, zone),
            *_asked(one, course, id),
        )
        for part in (late, feedback, one):
            part.close()
    return terms


def _is_sitting(table: Table, one: Table, id: str, course: Course) -> bool:
    """Whether an id that is no assignment's is that of a sitting; what is wrong is named, and then it is none."""
    if not one.has("of"):
        table.fault(id, "there is no such assignment", did_you_mean(id, course.ids()))
    elif one.text("of") not in course.written():
        one.fault("of", f"there is no assignment {one.text('of')!r}", did_you_mean(one.text("of"), course.written()))
    elif not ID.fullmatch(id):
        table.fault(id, "is no id for a sitting", 'write two digits and a name, such as "01_tensors_1"')
    return False


def _asked(table: Table, course: Course, id: str) -> tuple[frozenset[Reach], frozenset[int]]:
    """Which questions of an assignment are asked: `only`, and `parts`. What those need must be among them."""
    only, parts, sitting = table.choices("only", Reach), table.whole_numbers("parts"), table.has("of")
    if sitting and id in course.written():
        table.fault("of", f"{id} is an assignment itself", "take it out, or give the sitting another id")
    if sitting and not parts:
        table.fault("parts", "is missing: which of them count for the sitting", "write it, such as parts = [1]")
    if not only and not parts:
        return only, parts
    assignment = course.whole(id)
    known = sorted({question.part for question in assignment.questions})
    for part in sorted(parts - set(known)):
        table.fault("parts", f"there is no part {part}", f"there are {', '.join(map(str, known))}")
        return only, frozenset()
    terms = Terms(only=only, parts=parts)
    asked = {question.id: question for question in assignment.questions if terms.asks(question)}
    key = "parts" if parts else "only"
    if not any(not question.by_hand for question in asked.values()):
        table.fault(key, "leaves no question that has checks", "name more")
    for question in () if sitting else asked.values():  # a sitting's notebook has all questions
        if lost := [needed for needed in question.needs if needed not in asked]:
            table.fault(key, f"leaves out {lost[0]}, without which {question.id} cannot succeed", "name more")
    return only, parts
