"""What holds of every notebook as a student reads it."""

from __future__ import annotations

import ast
import io
import re
import zipfile
from pathlib import Path

import pytest

import grader
from grader.authoring import handouts
from grader.course.catalog import Course
from grader.course.notebooks import SourceCell, source_cells, strip

COURSE = Course(Path(__file__).parents[2])
CODE = re.compile(r"^```.*?^```|^ {4}[^\n]*|`[^`]*`|<!--.*?-->", re.M | re.S)
DEFINITION = (ast.FunctionDef, ast.ClassDef)
WIDEST = 106  # characters of a line that are seen beside the list of files, in a window of 1,400 pixels
pytestmark = pytest.mark.parametrize("id", [folder.name for folder in sorted((COURSE.root / "assignments").iterdir())])


def cells(id: str, kind: str) -> list[SourceCell]:
    return [cell for cell in source_cells(COURSE, id) if cell[0] == kind]


def test_a_prediction_is_asked_for_before_anything_is_shown(id: str) -> None:
    """A cell with a prediction beside what came begins with it: who has not made it yet sees no more than that."""
    sources = [source for _, question, source in cells(id, "code") if "beside(" in source and not question]
    inside = [one for source in sources for one in ast.walk(ast.parse(source))]
    functions = [one for one in inside if isinstance(one, ast.FunctionDef) and one.decorator_list]
    firsts = [ast.unparse(function.body[ast.get_docstring(function) is not None]) for function in functions]
    assert firsts and all("= guess_" in first or "= (guess_" in first for first in firsts), firsts


def test_a_part_has_a_heading(id: str) -> None:
    """With its number and title, as they stand in the list at the beginning, and in the order of its questions."""
    assignment = COURSE.assignment(id)
    headings = [f"Part {n} · {part.title}" for n, part in enumerate(assignment.parts, start=1)]
    places, part = {}, 0
    for _, question, source in source_cells(COURSE, id):
        found = re.findall(r"^# (Part.*)$", source, re.M)
        part += len(found)
        assert found in ([], headings[part - 1 : part])
        if question:
            places[question] = part
    assert places == {question.id: question.part for question in assignment.questions}


def test_no_cell_begins_or_ends_with_an_empty_line(id: str) -> None:
    assert [source for _, _, source in source_cells(COURSE, id) if source != source.strip("\n")] == []


def test_docstrings_fit_on_a_laptop(id: str) -> None:
    """A cell of code does not wrap its lines: what is longer, nobody reads without pushing it to and fro."""
    for _, question, source in cells(id, "code"):
        for node in ast.walk(ast.parse(source)) if question else ():
            text = ast.get_docstring(node, clean=False) if isinstance(node, DEFINITION) else None
            _, *more = (text or "").split("\n")
            assert [line for line in more if len(line) > WIDEST] == []


def test_no_word_of_a_text_is_taken_for_markup(id: str) -> None:
    """`<unk>` without its code marks would not be seen."""
    for _, _, source in cells(id, "markdown"):
        assert re.findall(r"<[A-Za-z/!][^\n]*", CODE.sub("", source)) == []


def test_no_sentence_is_taken_for_a_list(id: str) -> None:
    """`0. ` where a line of a paragraph, or of an item, begins: Markdown would make a list of it."""
    for _, _, source in cells(id, "markdown"):
        for block in CODE.sub("", source).split("\n\n"):
            marks = re.findall(r"^ *(\d+(?=[.)])|[-+*])[.)]? ", block, re.M)
            numbered = [str(n) for n in range(1, len(marks) + 1)]
            assert marks in ([], numbered) or set(marks) == {"*"}, block
            assert not marks or block.strip().startswith((marks[0], "<"))


FRACTIONS = str.maketrans({"¼": ".25", "½": ".5", "¾": ".75"})


def test_the_times_of_parts_are_as_reckoned(id: str) -> None:
    """By the rule in docs/authors.md, up to a quarter: words that are read, functions and answers that are written."""
    assignment = COURSE.assignment(id)
    core, whole = ([0.0] * len(assignment.parts) for _ in range(2))
    part = 0
    for kind, asked, source in source_cells(COURSE, id):
        part = int(found[1]) - 1 if (found := re.search(r"^# Part (\d+)", source, re.M)) else part
        tree = ast.parse(source if kind == "code" and asked else "")
        texts = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, DEFINITION)]
        read = strip(source, asked) if asked and kind == "markdown" else source * (kind == "markdown")
        minutes = len(" ".join([read, *texts]).split()) / 150
        core[part] += minutes
        whole[part] += minutes
        if asked:
            question = assignment.question(asked)
            written = sum(isinstance(node, DEFINITION) for node in tree.body) * (7 if question.points >= 3 else 4)
            work = {"written": 4, "predicted": 1}.get(question.kind, written)
            whole[part] += work
            core[part] += 0 if question.beyond else work
    for place, told in enumerate(assignment.parts):
        due = [core[place] / 60, whole[place] / 60]
        said = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", told.time.translate(FRACTIONS))]
        assert due == pytest.approx(said, rel=0.25), (told.title, due)


def test_what_it_imports_is_in_the_handout(id: str) -> None:
    """`grader.pyz` holds the home of every name that a cell takes from the package, or its first cell fails."""
    inside = zipfile.ZipFile(io.BytesIO(handouts.students_side())).namelist()
    trees = [ast.parse(source) for _, _, source in cells(id, "code")]
    found = [
        one for tree in trees for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) and one.module == "grader"
    ]
    homes = {grader._HOMES[name.name].replace(".", "/") for one in found for name in one.names}
    assert homes and [home for home in homes if not {f"{home}.py", f"{home}/__init__.py"} & set(inside)] == []
