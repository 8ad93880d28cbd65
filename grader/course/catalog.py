"""The course on disk: where its parts lie, and `assignment.toml` as an Assignment.

Folders are discovered; there is no registry. Everything of a question carries its id as file name:

    assignments/NN_topic/assignment.toml        its block: title, points, curriculum rows
    assignments/NN_topic/public/test_ID.py      checks that a student may run
    solutions/NN_topic.py                       its cells, with the solution
    tests/hidden/NN_topic/test_ID.py            the hidden checks
    tests/mistakes/NN_topic/ID.py               known wrong answers
    tests/alternatives/NN_topic/ID.py           right answers written differently
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.course.tables import toml_in
from grader.errors import CourseError, UsageError
from grader.records import Assignment, Claim, Limits, Part, Question
from grader.storage import Unfit, parse

SETTINGS = "course.toml"
ID = re.compile(r"[0-9]{2}_[a-z][a-z0-9_]{0,40}")


@dataclass(frozen=True, slots=True)
class Course:
    """The course in a folder. Instructors have all of it, students only `assignments/`."""

    root: Path

    def written(self) -> list[str]:
        """The assignments that authors wrote, in reading order."""
        folders = self.root / "assignments"
        return sorted(p.parent.name for p in folders.glob("*/assignment.toml") if ID.fullmatch(p.parent.name))

    def ids(self) -> list[str]:
        """Whatever is graded, in reading order: assignments, and sittings of some."""
        return sorted({*self.written(), *self.sittings()})

    def sittings(self) -> dict[str, str]:
        """By id, the assignment whose notebook is handed in for it, as `course.toml` says."""
        named = {id: table["of"] for id, table in self._terms().items() if isinstance(table, dict) and "of" in table}
        written = self.written() if named else []
        return {id: of for id, of in named.items() if of in written and id not in written and ID.fullmatch(id)}

    def assignments(self) -> Iterator[Assignment]:
        return (self.assignment(id) for id in self.ids())

    def home(self, id: str) -> str:
        """The assignment whose files are those of this one: its own id, unless it is a sitting."""
        return self.sittings().get(id, id)

    def handout(self, id: str) -> Path:
        return self.root / "assignments" / self.home(id)

    def notebook(self, id: str) -> Path:
        return self.handout(id) / f"{self.home(id)}.ipynb"

    def public(self, id: str) -> Path:
        return self.handout(id) / "public"

    def solution(self, id: str) -> Path:
        return self.root / "solutions" / f"{self.home(id)}.py"

    def hidden(self, id: str) -> Path:
        return self.root / "tests" / "hidden" / self.home(id)

    def mistakes(self, id: str) -> Path:
        return self.root / "tests" / "mistakes" / self.home(id)

    def alternatives(self, id: str) -> Path:
        return self.root / "tests" / "alternatives" / self.home(id)

    @property
    def templates(self) -> Path | None:
        """The course's own pages, if it has any."""
        folder = self.root / "templates"
        return folder if folder.is_dir() else None

    def table(self, id: str) -> Path:
        return self.handout(id) / "assignment.toml"

    def assignment(self, id: str) -> Assignment:
        """Read `assignment.toml`; of a sitting, the questions of its parts. Raises CourseError, UsageError."""
        whole = self.whole(id)
        if self.home(id) == id:
            return whole
        parts = self._terms()[id].get("parts")
        numbers = [one for one in parts if type(one) is int] if isinstance(parts, list) else []
        asked = whole.asking([question.id for question in whole.questions if question.part in numbers])
        titles = [whole.parts[number - 1].title for number in numbers if 0 < number <= len(whole.parts)]
        return replace(asked, id=id, of=whole.id, title=" · ".join([whole.title, *titles]))

    def whole(self, id: str) -> Assignment:
        """The assignment that authors wrote, with all its questions. Raises CourseError naming file, key and fix."""
        id = self.home(id)
        path = self.table(id)
        try:
            return _assignment_in(path, id, path.read_bytes())
        except OSError as error:
            known = ", ".join(self.ids()) or "none"
            raise UsageError(f"there is no assignment {id!r} in {self.root} (there are: {known})") from error

    def suite_hash(self, id: str) -> str:
        """A hash of all that verdicts depend on: suite, reference, mistakes, data, limits. Points are not in it."""
        parts = [self.hidden(id), self.mistakes(id), self.solution(id), self.handout(id) / "data", *self._beside(id)]
        assignment = self.assignment(id)
        said = [hash_files(self.root, parts), assignment.rests, [(q.id, q.names) for q in assignment.coded]]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    def shared_files(self, id: str) -> list[Path]:
        """What the questions of an assignment share: whatever lies in their suites' folder and is no suite, and data.

        What lies beside the suites' folders is shared by all assignments.
        """
        suites = {f"test_{question.id}.py" for question in self.whole(id).questions}
        own = [path for path in sorted(self.hidden(id).rglob("*")) if path.is_file() and path.name not in suites]
        return [*own, *self._beside(id), self.handout(id) / "data"]

    def shared_code(self, id: str) -> list[Path]:
        """The Python among it."""
        return [path for path in self.shared_files(id) if path.suffix == ".py"]

    def _terms(self) -> dict[str, Any]:
        """What `course.toml` says of single assignments, unchecked: Settings read it and name its faults."""
        path = self.root / SETTINGS
        try:
            return _terms_in(path, path.read_bytes())
        except (OSError, CourseError):
            return {}

    def _beside(self, id: str) -> list[Path]:
        folder = self.hidden(id).parent
        own = [one for one in folder.glob("*") if not (ID.fullmatch(one.name) or one.name.startswith("."))]
        files = (path for one in own for path in ([one] if one.is_file() else one.rglob("*")))
        return sorted(path for path in files if path.is_file() and "__pycache__" not in path.parts)


@lru_cache(maxsize=16)
def _terms_in(path: Path, data: bytes) -> dict[str, Any]:
    found = toml_in(path, data).get("assignments", {})
    return found if isinstance(found, dict) else {}


@lru_cache(maxsize=64)
def _assignment_in(path: Path, id: str, data: bytes) -> Assignment:
    """The assignment in a table's bytes. Raises CourseError."""
    table = toml_in(path, data)
    try:
        assignment = parse(Assignment, {**table, "id": id, "of": ""})
    except Unfit as error:
        raise CourseError(f"{path}: {_key(error.path, table)}", error.what, _fix(error)) from error
    _check_questions(path, assignment)
    return assignment


def find_course(named: Path | None = None, near: Path | None = None) -> Course:
    """The course that was named, by `--course` or GRADER_COURSE, or else the one around a folder.

    That is the nearest folder above it that has `assignments/`. Raises UsageError.
    """
    variable = os.environ.get("GRADER_COURSE")
    start = named or (Path(variable) if variable else near or Path.cwd())
    for folder in (start.resolve(), *start.resolve().parents, Path(__file__).resolve().parents[1]):
        if (folder / "assignments").is_dir():
            return Course(folder)
    raise UsageError(f"no course around {start}: there is no folder `assignments`; name one with --course DIR")


def hash_files(root: Path, parts: Iterable[Path]) -> str:
    """SHA-256 over names and contents of files and folders, caches left out."""
    digest = hashlib.sha256()
    for part in parts:
        files = sorted(p for p in part.rglob("*") if p.is_file()) if part.is_dir() else [part]
        for file in files:
            if "__pycache__" not in file.parts and file.exists():
                digest.update(f"{file.relative_to(root).as_posix()}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _key(path: tuple[str | int, ...], data: dict[str, Any]) -> str:
    """A path of keys as authors know it: `double.points` for the points of the question with that id."""
    parts = [str(part) for part in path]
    if len(path) > 1 and path[0] == "questions" and isinstance(path[1], int):
        question = data["questions"][path[1]]
        id = question.get("id") if isinstance(question, dict) else None
        parts[:2] = [id if isinstance(id, str) else f"question {path[1] + 1}"]
    return ".".join(parts)


def _fix(fault: Unfit) -> str:
    if not fault.unknown:
        return "write it" if fault.what == "is missing" else "correct the value"
    kinds = {"questions": Question, "limits": Limits, "parts": Part, "taught": Claim, "shown": Claim}
    kind = kinds.get(str(fault.path[0]), Assignment)
    known = [field.name for field in fields(kind) if field.name != "id" or kind is Question]
    near = get_close_matches(str(fault.path[-1]), known, n=1)
    return f"did you mean {near[0]}?" if near else f"remove it; there are {', '.join(known)}"


def _check_points(where: str, points: float) -> None:
    if points <= 0:
        raise CourseError(where, f"{points:g} points", "give it at least one")
    if round(points, 2) != points:
        raise CourseError(f"{where}.points", f"{points!r} is finer than hundredths", "round it")


def _check_questions(path: Path, assignment: Assignment) -> None:
    """What the types cannot say: unique ids, known prerequisites, positive points, known rows."""
    ids = [question.id for question in assignment.questions]
    for id, count in Counter(ids).items():
        if count > 1:
            raise CourseError(f"{path}: {id}", "two questions have this id", "rename one of them")
    for question in assignment.questions:
        where = f"{path}: {question.id}"
        if not question.id.isidentifier():
            raise CourseError(where, "the id is no Python name", "use letters, digits and underscores")
        _check_points(where, question.points)
        for other in question.needs:
            if other not in ids or other == question.id:
                raise CourseError(f"{where}.needs", f"there is no question {other!r} to need", "correct the name")
        for row in question.rows:
            if row not in assignment.curriculum:
                raise CourseError(f"{where}.rows", f"no curriculum row {row!r}", "add it to [curriculum]")
        _check_kind(where, question)
        _check_reach(where, question, assignment)
    if assignment.questions and not assignment.coded:
        raise CourseError(path, "no question has checks", "ask one that has: checks tell whether a notebook ran at all")


def _check_reach(where: str, question: Question, assignment: Assignment) -> None:
    """A part that there is; and what everybody is asked must not need what is for the willing."""
    if question.part < 1 or question.part > max(1, len(assignment.parts)):
        fix = f"there are {len(assignment.parts)}: [[parts]] names them" if assignment.parts else "name it in [[parts]]"
        raise CourseError(f"{where}.part", f"there is no part {question.part}", fix)
    lost = [id for id in question.needs if assignment.question(id).beyond and not question.beyond]
    if lost:
        what = f"needs {lost[0]}, which is beyond the core, and is core itself"
        raise CourseError(where, what, "mark both, or neither")


def _check_kind(where: str, question: Question) -> None:
    """What a question that a person judges has, and has not; and a rubric whose lines can be told apart."""
    for name in ("defines", "weights", "guards") if question.by_hand else ():
        if getattr(question, name):
            raise CourseError(f"{where}.{name}", f"a question of the kind {question.kind!r} has no checks", "remove it")
    ids = Counter(line.id for line in question.rubric)
    for number, line in enumerate(question.rubric):
        if ids[line.id] > 1 or not line.id.strip() or not line.text.strip():
            what = f"two lines have the id {line.id!r}" if ids[line.id] > 1 else "an id or a text is empty"
            raise CourseError(f"{where}.rubric.{number}", what, "give each line an id of its own, and a text")
    most = round(sum(max(line.points, 0.0) for line in question.rubric), 2)
    if question.by_hand and most < question.points:
        what = f"its lines add up to {most:g} of {question.points:g} points" if question.rubric else "there is none"
        raise CourseError(f"{where}.rubric", what, "write lines, each with id, text and points, that earn all of them")
