"""Answers in words and plots: where they are found in a notebook, and what a course may say of them."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import pytest
from words import Edit, Notebook, answered, markdown, of_question, without_marks, write_course

from grader.authoring.files import files
from grader.course.catalog import Course
from grader.course.notebooks import build, student_notebook
from grader.errors import CourseError, SubmissionError, UsageError
from grader.intake.answers import answer_hash
from grader.intake.submission import make_submission
from grader.intake.written import Answers, answers_of, sheet_of
from grader.notebook.handout import PLACEHOLDER, read_handout
from grader.records import Student

WORDS = "Because each picture is *its own* example."


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return write_course(tmp_path_factory.mktemp("words") / "course")


def read(course: Course, notebook: Notebook) -> Answers:
    assignment = course.assignment("01_toy")
    data = json.dumps(notebook).encode()
    submission = make_submission(Student.named("ada"), "n.ipynb", data, [assignment], "01_toy")
    return answers_of(submission, assignment, sheet_of(course, assignment))


def place(notebook: Notebook, question: str) -> int:
    return int(notebook["cells"].index(of_question(notebook, question)))


def below(text: str) -> Edit:
    """Words in a cell of their own, right below the one that is for them."""

    def edit(notebook: Notebook) -> None:
        notebook["cells"].insert(place(notebook, "why_rows") + 1, markdown(text))

    return edit


def in_code(notebook: Notebook) -> None:
    cell = of_question(notebook, "why_rows")
    cell |= {"cell_type": "code", "outputs": [], "execution_count": None}


def rewritten(notebook: Notebook) -> None:
    of_question(notebook, "why_rows")["source"] = [WORDS]


def unmarked_and_rewritten(notebook: Notebook) -> None:
    rewritten(notebook)
    without_marks(notebook)


def raw(notebook: Notebook) -> None:
    of_question(notebook, "why_rows")["cell_type"] = "raw"


@pytest.mark.parametrize(
    ("words", "edit", "due"),
    [
        (WORDS, None, WORDS),
        ("", None, ""),
        (f"{WORDS}\n\n{PLACEHOLDER}", None, WORDS),
        (WORDS, without_marks, WORDS),
        (WORDS, rewritten, WORDS),
        (WORDS, unmarked_and_rewritten, WORDS),
        (WORDS, in_code, WORDS),
        (WORDS, raw, WORDS),
        ("", below(WORDS), WORDS),
        ("One.", below("Two."), "One.\n\nTwo."),
    ],
)
def test_words_are_found(words: str, edit: Edit | None, due: str, course: Course) -> None:
    """By the mark of the cell, by what the handout says in it or before it, and right below it."""
    notebook = copy.deepcopy(answered(course, words))
    if edit:
        edit(notebook)
    found = read(course, notebook)
    assert found.to("why_rows").text == due and not found.other


def test_words_in_a_cell_of_their_own_and_no_marks(course: Course) -> None:
    """The cell as it was handed out, without its mark, and the answer below it."""
    notebook = answered(course, "")
    below(WORDS)(notebook)
    without_marks(notebook)
    assert read(course, notebook).to("why_rows").text == WORDS


def test_words_elsewhere_are_not_lost(course: Course) -> None:
    """They are no answer, but a person sees them."""
    notebook = answered(course, "")
    notebook["cells"].insert(1, markdown("My answer to why: it is its own example."))
    found = read(course, notebook)
    assert found.to("why_rows").empty and found.other == ("My answer to why: it is its own example.",)


def test_a_plot_is_found(course: Course) -> None:
    """By its mark, or as the cell after the text that asks for it."""
    notebook = answered(course, WORDS)
    marked = read(course, notebook).to("curve").cells
    assert len(marked) == 1 and "plt.plot" in marked[0].source
    without_marks(notebook)
    assert read(course, notebook).to("curve").cells[0].source == marked[0].source


def test_words_make_another_attempt(course: Course) -> None:
    """Two notebooks with the same code and other words are two."""
    assignment = course.assignment("01_toy")
    made = [
        make_submission(Student.named("ada"), "n", json.dumps(answered(course, words)).encode(), [assignment])
        for words in ("one", "two")
    ]
    assert made[0].sha != made[1].sha and made[0].cells == made[1].cells
    sheet, question = sheet_of(course, assignment), assignment.question("why_rows")
    assert len({answer_hash(one, question, answers_of(one, assignment, sheet)) for one in made}) == 2


def test_only_words(course: Course) -> None:
    """A notebook of nothing but an answer is one; a notebook of other text is none."""
    assignment = [course.assignment("01_toy")]
    notebook = answered(course, WORDS)
    notebook["cells"] = [of_question(notebook, "why_rows")]
    made = make_submission(Student.named("ada"), "n", json.dumps(notebook).encode(), assignment)
    assert not made.cells and made.texts[0].question == "why_rows"
    notebook["cells"] = [markdown("Hello.")]
    with pytest.raises(SubmissionError, match="no code"):
        make_submission(Student.named("ada"), "n", json.dumps(notebook).encode(), assignment)


def test_pictures_in_words(course: Course) -> None:
    """Text of any size is no reason to refuse a notebook: what a person would read of it is kept."""
    notebook = answered(course, f"{WORDS}\n\n![p](data:image/png;base64,{'A' * (3 << 20)})")
    text = read(course, notebook).to("why_rows").text
    assert text.startswith(WORDS) and len(text) <= 100_000
    notebook["cells"] += [markdown("a" * 90_000) for _ in range(60)]
    assert read(course, notebook).to("why_rows").text == text


def test_the_handout_asks_and_gives_nothing_away(course: Course) -> None:
    """A Markdown cell to write in, with the question's mark; the author's answer is not in it."""
    notebook = student_notebook(course, "01_toy")
    cell = of_question(notebook, "why_rows")
    assert cell["cell_type"] == "markdown"
    assert "".join(cell["source"]) == (
        f"**Why does `flatten_images` keep the first axis?**\n\n*3 points.*\n\n{PLACEHOLDER}"
    )
    assert "linear layer expects" not in build(course, "01_toy")[1]
    assert not list(files(course, "01_toy"))
    told = read_handout(course.handout("01_toy"))
    assert list(told.questions) == ["double", "root", "mean_of", "flatten_images", "rows_of_file"]
    with pytest.raises(UsageError, match="A person will look at"):
        told.nearest("why_rows")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "written"', 'kind = "wrotten"', "why_rows.kind"),
        ('kind = "written"', 'kind = "written"\nweights = { test_x = 1 }', "why_rows.weights: a question of the kind"),
        ("points = 3\n", "points = 4\n", "its lines add up to 3 of 4 points"),
        ('rubric = [{ id = "axes", text = "Both axes are named", points = 2 }]\n', "", "curve.rubric: there is none"),
        ('id = "layer"', 'id = "batch"', "two lines have the id 'batch'"),
        ('text = "Names what a linear layer expects"', 'text = " "', "an id or a text is empty"),
    ],
)
def test_what_is_wrong_in_the_table(old: str, new: str, said: str, tmp_path: Path) -> None:
    """One line that names the key."""
    course = write_course(tmp_path / "course")
    path = course.table("01_toy")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(CourseError, match=re.escape(said)):
        course.assignment("01_toy")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('# %% [markdown] question="why_rows"', '# %% question="why_rows"', "is a code cell"),
        ("# <!-- END SOLUTION -->", "#", "begins without an end"),
        ('[markdown] question="why_rows"', "[markdown]", "a solution region in a cell without a question"),
        ("# <!-- BEGIN SOLUTION -->\n", "", "begins without an end"),
    ],
)
def test_what_is_wrong_in_the_solution(old: str, new: str, said: str, tmp_path: Path) -> None:
    """Said before a handout is made of it."""
    course = write_course(tmp_path / "course")
    path = course.solution("01_toy")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(CourseError, match=re.escape(said)):
        build(course, "01_toy")


def test_checks_that_nobody_asks(tmp_path: Path) -> None:
    """A check of a question that a person judges is a fault of the course."""
    course = write_course(tmp_path / "course")
    (course.public("01_toy") / "test_why_rows.py").write_text("def test_x(student):\n    '''X.'''\n")
    assert ["which a person judges" in fault.what for fault in files(course, "01_toy")] == [True]
