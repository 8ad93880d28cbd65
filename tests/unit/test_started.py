"""A known mistake, started from what a student wrote; and hints in steps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch

from grader.authoring.started import start_mistake
from grader.course.catalog import Course
from grader.course.variants import Variant, load_variants
from grader.errors import CourseError, UsageError
from grader.records import Cell, Student, Submission

TOY = Path(__file__).parents[1] / "submissions" / "course"
CODE = '''import numpy as np


@torch.no_grad()
def double(t):
    """Twice each element.

    What the handout says.
    """
    # adds it to its absolute value
    return t + torch.tensor(np.abs(t.numpy()))


check("double")'''


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(Path(shutil.copytree(TOY, tmp_path / "course")))


def handed_in(*sources: str) -> Submission:
    cells = tuple(Cell(n, source, "double" if "def double" in source else "") for n, source in enumerate(sources, 1))
    return Submission(Student.named("ada"), "01_toy", "a.ipynb", "sha", cells)


def variants(course: Course) -> tuple[Variant, ...]:
    return load_variants(course.assignment("01_toy"), course.mistakes("01_toy") / "double.py")


def test_an_answer_becomes_a_known_mistake(course: Course) -> None:
    """With what it imports, without the handout's text and without a word on whose it was; it can be replayed."""
    before = variants(course)
    path, line = start_mistake(course, "01_toy", "double", handed_in("import torch", CODE), "Adds", ["A", "B", "C"])
    *old, new = variants(course)
    assert [one.id for one in old] == [one.id for one in before] and new.id not in {one.id for one in old}
    assert (new.title, new.hint, new.more) == ("Adds", "A", ("B", "C"))
    assert "import numpy as np" in new.imports and "ada" not in path.read_text(encoding="utf-8")
    assert (
        new.source.startswith("@torch.no_grad()\ndef double(t):\n    # adds it")
        and "What the handout" not in new.source
    )
    assert path.read_text(encoding="utf-8").splitlines()[line - 1].startswith(f'@mistake("{new.id}", "Adds"')
    assert new.value({"torch": torch})(torch.tensor([2.0])).item() == 4.0


def test_the_first_mistake_of_a_question(course: Course) -> None:
    """The file is made where there is none."""
    (course.mistakes("01_toy") / "double.py").unlink()
    start_mistake(course, "01_toy", "double", handed_in(CODE), "Adds", ["A"])
    [one] = variants(course)
    assert (one.hint, one.more) == ("A", ())


def test_what_is_not_said_yet_is_asked_for(course: Course) -> None:
    """Until title and hint are there, the file is refused, with its place."""
    path, _ = start_mistake(course, "01_toy", "double", handed_in(CODE), "", [])
    with pytest.raises(CourseError, match=rf"{path.name}:\d+: the title of this mistake is empty"):
        variants(course)


@pytest.mark.parametrize(
    ("question", "source", "said"),
    [
        ("triple", CODE, "has no question 'triple'; there are double"),
        ("double", "def other(t): ...", "no cell that can be read defines `double`"),
        ("double", "def double(t:", "no cell that can be read defines `double`"),
    ],
)
def test_nothing_to_start_from(question: str, source: str, said: str, course: Course) -> None:
    """One line, and no file is touched."""
    before = (course.mistakes("01_toy") / "double.py").read_bytes()
    with pytest.raises(UsageError, match=said):
        start_mistake(course, "01_toy", question, handed_in(source), "", [])
    assert (course.mistakes("01_toy") / "double.py").read_bytes() == before


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        ('("What.", "Where.", "How.")', ("What.", "Where.", "How.")),
        ('["What.", "Where."]', ("What.", "Where.")),
        ('"What."', ("What.",)),
        ("()", "the hint of this mistake is empty"),
        ('("What.", "")', "the hint of this mistake is empty"),
        ('("What.", 3)', "the hint of this mistake is no plain string"),
        ('("1", "2", "3", "4")', "the hint of this mistake is 4 texts; write one to three steps"),
    ],
)
def test_a_hint_is_a_ladder(hint: str, said: str | tuple[str, ...], tmp_path: Path) -> None:
    """One to three steps; the rest is the author's fault, with its place."""
    (tmp_path / "double.py").write_text(f"@mistake('M', 'T', hint={hint})\ndef double(t): ...")
    assignment = Course(TOY).assignment("01_toy")
    if isinstance(said, str):
        with pytest.raises(CourseError, match=said):
            load_variants(assignment, tmp_path)
    else:
        [one] = load_variants(assignment, tmp_path)
        assert (one.hint, *one.more) == said


def test_a_title_is_one_text(tmp_path: Path) -> None:
    """Only hints have steps."""
    (tmp_path / "double.py").write_text("@mistake('M', ('T', 'U'), hint='H')\ndef double(t): ...")
    with pytest.raises(CourseError, match="the title of this mistake is 2 texts; write one text"):
        load_variants(Course(TOY).assignment("01_toy"), tmp_path)
