"""Faults of a course that can be seen without running anything: stale handouts, secrets in them, gaps, double names."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Set
from pathlib import Path

from grader.authoring.curriculum import coverage
from grader.authoring.faults import Fault
from grader.course.catalog import Course
from grader.course.notebooks import SourceCell, build, place_of, solutions_in, source_cells
from grader.course.variants import Variant, load_variants
from grader.errors import CourseError
from grader.records import Assignment, Question

SHORTEST_SECRET = 24  # characters of a solution's line; shorter ones, such as `return x`, give nothing away
SHORTEST_ANSWER = 6  # characters of an answer that is one expression and stands in a hint as it is


def files(course: Course, id: str) -> Iterator[Fault]:
    """Everything that is wrong with an assignment's files. Raises CourseError for what cannot be read at all."""
    assignment, cells = course.assignment(id), source_cells(course, id)
    path, text = build(course, id)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        yield Fault(str(path), "is not what its solution makes", f"run `grader build {id}`")
    yield from secrets(course, id, cells, text)
    yield from pictures(course, id, text)
    yield from coverage(course, id)
    yield from sections(course, assignment, cells)
    for question in assignment.coded:
        yield from missing(course, id, question)
        yield from names(course, id, question)
    yield from unchecked(course, id, cells, {question.id for question in assignment.coded})
    yield from idle(course, assignment)
    public = _public(cells)
    for variant in load_variants(assignment, course.mistakes(id)):
        yield from telling(variant, cells, public)


def public_checks(course: Course, id: str, question: str) -> Iterator[Fault]:
    """Public checks that a student's side could not run: it has no pytest. Runs their file."""
    from grader.notebook.public import load_tests  # and with it PyTorch

    try:
        load_tests(course.public(id), question)
    except CourseError as error:
        yield Fault(error.where, error.what, error.fix, question)


def missing(course: Course, id: str, question: Question) -> Iterator[Fault]:
    """Files that every question has. That of the hidden checks is asked for where they are collected."""
    for folder, name in ((course.public(id), f"test_{question.id}.py"), (course.mistakes(id), f"{question.id}.py")):
        if not (folder / name).is_file():
            what = f"is missing for the question {question.id!r}"
            yield Fault(str(folder / name), what, "write it", question.id)


def names(course: Course, id: str, question: Question) -> Iterator[Fault]:
    """Two tests, two mistakes or two alternatives of one question that have one name: of tests, one is never run."""
    for folder in (course.hidden(id), course.public(id)):
        file = folder / f"test_{question.id}.py"
        found = Counter[str]()
        for node in _body(file):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                found[node.name] += 1
                if found[node.name] == 2:
                    what = f"two tests are called {node.name}: the first is never run"
                    yield Fault(f"{file}:{node.lineno}", what, "rename one of them", question.id)
    for folder, word in ((course.mistakes(id), "mistakes"), (course.alternatives(id), "alternatives")):
        file = folder / f"{question.id}.py"
        variants = load_variants(course.assignment(id), file) if file.is_file() else ()
        for key in ("id", "title"):
            found = Counter[str]()
            for variant in variants:
                name = getattr(variant, key)
                found[name] += 1
                if name and found[name] == 2:
                    what = f"two {word} have the {key} {name!r}"
                    yield Fault(variant.where, what, "give one of them another", question.id)


def secrets(course: Course, id: str, cells: Iterable[SourceCell], handout: str) -> Iterator[Fault]:
    """Lines of solutions that stand in the handout's notebook, and files of the staff's in its folder."""
    public = _public(cells)
    for _, question, source in cells:
        lines = {line.strip() for body in solutions_in(source) for line in body.splitlines()} - public
        for line in sorted(lines):
            if len(line) > SHORTEST_SECRET and line.replace('"', '\\"') in handout:
                where = str(course.notebook(id))
                yield Fault(where, f"gives away a line of {question!r}: {line}", "reword the text", question)
    for file in course.handout(id).rglob("*.py"):
        if file.parent != course.public(id) and "data" not in file.parts:
            yield Fault(str(file), "lies in what students get", "move it to tests/ or solutions/")


def telling(variant: Variant, cells: Iterable[SourceCell], public: Set[str]) -> Iterator[Fault]:
    """A mistake's hint that says what to type: the whole answer, or a line of it that stands nowhere in the handout.

    Args:
        public: the lines that students see.
    """
    for _, question, source in cells:
        if question == variant.question:
            lines = {line.strip() for body in solutions_in(source) for line in body.splitlines()} - public
            secret = {line for line in lines if len(line) > SHORTEST_SECRET} | set(_answers(source))
            for line in sorted(secret):
                if any(_plain(line) in _plain(step) for step in (variant.hint, *variant.more)):
                    what = f"the hint of {variant.id or variant.title} gives the code away: {line}"
                    yield Fault(variant.where, what, "say where to look, not what to type", question)
                    return


def pictures(course: Course, id: str, handout: str) -> Iterator[Fault]:
    """Pictures that a text shows and that are not there."""
    for picture in sorted(set(re.findall(r"!\[[^\]]*\]\(([^):]+)\)", handout))):
        if not (course.handout(id) / picture).is_file():
            where = str(course.solution(id))
            yield Fault(where, f"shows {picture}, which is not there", f"draw it in {course.handout(id)}")


def sections(course: Course, assignment: Assignment, cells: Iterable[SourceCell]) -> Iterator[Fault]:
    """Sections that the table names and that are no heading of the notebook."""
    found = [line for kind, _, source in cells if kind == "markdown" for line in source.splitlines()]
    headings = {match[1].strip() for line in found if (match := re.match(r"#+\s+(.*)", line))}
    named = [(f"{question.id}.section", question.section, question.id) for question in assignment.questions]
    for key, section, question in named:
        if section not in headings:
            where = f"{course.table(assignment.id)}: {key}"
            what = f"the notebook has no section {section!r}"
            yield Fault(where, what, f"write one of its headings: {', '.join(sorted(headings)) or 'none'}", question)


def idle(course: Course, assignment: Assignment) -> Iterator[Fault]:
    """Checks and mistakes of questions that a person judges: nobody asks them."""
    id = assignment.id
    for question in assignment.questions:
        for folder, name in ((course.hidden(id), "test_{}.py"), (course.public(id), "test_{}.py")):
            path = folder / name.format(question.id)
            if question.by_hand and path.is_file():
                what = f"checks {question.id!r}, a question of the kind {question.kind!r}, which a person judges"
                yield Fault(str(path), what, "remove the file, or the kind", question.id)


def unchecked(course: Course, id: str, cells: Iterable[SourceCell], coded: Collection[str]) -> Iterator[Fault]:
    """Cells of questions that have checks, and in which the student does not check them."""
    for _, question, source in cells:
        if question in coded and not re.search(rf"""^check\(["']{question}["']""", source, re.M):
            what, where = f"the cell of {question!r} has no check", place_of(course, id, question)
            yield Fault(where, what, f'end it with check("{question}")', question)


def _public(cells: Iterable[SourceCell]) -> frozenset[str]:
    """The lines that students see."""
    return frozenset(line.strip() for _, _, source in cells for line in _outside(source))


def _outside(source: str) -> list[str]:
    for body in solutions_in(source):
        source = source.replace(body, "")
    return source.splitlines()


def _answers(source: str) -> Iterator[str]:
    """The one expression of solutions that are no more than one."""
    for body in solutions_in(source):
        lines = [line for line in body.splitlines() if line.strip() and not line.strip().startswith("#")]
        answer = lines[0].strip().removeprefix("return ") if len(lines) == 1 else ""
        if len(answer) >= SHORTEST_ANSWER and not answer.isidentifier():
            yield answer


def _plain(text: str) -> str:
    """A text without what an author's hand may vary: spaces and quotation marks."""
    return re.sub(r"\s+", "", text).replace("'", '"')


def _body(file: Path) -> list[ast.stmt]:
    """The statements of a file; of one that is no Python, which is found out elsewhere, none."""
    try:
        return ast.parse(file.read_text(encoding="utf-8")).body
    except (OSError, SyntaxError, ValueError):
        return []
