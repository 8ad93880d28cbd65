"""Proves a course: every fault is one line of output.

Through the same pipeline as a class: the reference earns everything, the empty handout nothing, every known mistake
fails its own question and is diagnosed as itself, every alternative passes, senseless answers are judged, and every
check is failed by some mistake, so that none of them could be deleted without notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from grader.authoring.faults import (
    JUNK,
    Fault,
    expect,
    guards,
    judged,
    no_idle_checks,
    proves_mistakes,
    undisturbed,
)
from grader.authoring.files import files
from grader.authoring.wording import in_plain_words
from grader.course.catalog import Course
from grader.course.notebooks import as_text, solved_notebook, student_notebook
from grader.course.variants import Variant, load_variants
from grader.errors import CourseError
from grader.intake.submission import make_submission
from grader.judge.suite import load_suite
from grader.records import Assignment, Result, Status, Student
from grader.running.pool import Pool
from grader.running.setting import Setting


def validate(course: Course, id: str, setting: Setting, workers: int) -> Iterator[Fault]:
    """Every fault of one assignment. When the reference itself fails, nothing is concluded from it."""
    try:
        yield from files(course, id)
        load_suite(course, id, reference=False)
        with Pool(setting, workers) as pool:
            found = list(basics(course, id, pool))
            yield from found or proofs(course, id, pool)
    except CourseError as error:
        yield Fault(error.where, error.what, error.fix)


def basics(course: Course, id: str, pool: Pool) -> Iterator[Fault]:
    """The reference passes every check, hidden and public; the empty handout passes none."""
    assignment = course.assignment(id)
    notebooks = {
        "the reference": as_text(solved_notebook(course, id)),
        "the empty handout": as_text(student_notebook(course, id)),
    }
    for public, where in ((False, course.solution(id)), (True, course.public(id))):
        results = grade_named(pool, assignment, notebooks, public=public)
        for who, due in zip(notebooks, (Status.PASSED, Status.FAILED), strict=True):
            yield from expect(results[who].checks, due, str(where), who, assignment.questions)
        yield from undisturbed(results["the reference"].execution, str(course.solution(id)))


def proofs(course: Course, id: str, pool: Pool) -> Iterator[Fault]:
    """Mistakes fail and are diagnosed, alternatives pass, junk is judged, no check is idle."""
    assignment, hidden = course.assignment(id), course.hidden(id)
    mistakes, alternatives = (load_variants(assignment, f(id)) for f in (course.mistakes, course.alternatives))
    wrong = {f"mistakes {i}": group for i, group in enumerate(halves(assignment, mistakes))}
    right = {f"alternatives {i}": group for i, group in enumerate(rounds(alternatives))}
    notebooks = {
        **{key: as_text(solved_notebook(course, id, by_question(group))) for key, group in (wrong | right).items()},
        **{what: junk_notebook(course, assignment, body) for what, body in JUNK.items()},
    }
    results = {key: result.checks for key, result in grade_named(pool, assignment, notebooks).items()}
    for key, group in wrong.items():
        yield from proves_mistakes(results[key], group, assignment)
        yield from judged(results[key], hidden, "with mistakes")
        yield from in_plain_words(results[key], group[0].where)
    for key, group in right.items():
        for variant in group:
            asked = [assignment.question(variant.question)]
            yield from expect(results[key], Status.PASSED, variant.where, repr(variant.title), asked)
    for what in JUNK:
        yield from judged(results[what], hidden, f"when every answer is {what}")
    yield from guards([results[what] for what in JUNK], assignment.questions, str(course.table(id)))
    yield from no_idle_checks([results[key] for key in wrong], hidden)


def grade_named(
    pool: Pool, assignment: Assignment, notebooks: dict[str, str], *, public: bool = False
) -> dict[str, Result]:
    """What became of notebooks, by name."""
    submissions = [
        make_submission(Student.named(name), name, text.encode(), [assignment], assignment.id)
        for name, text in notebooks.items()
    ]
    return {result.submission.student.key: result for result in pool.grade(submissions, public=public)}


def by_question(variants: Iterable[Variant]) -> dict[str, list[Variant]]:
    found: dict[str, list[Variant]] = {}
    for variant in variants:
        found.setdefault(variant.question, []).append(variant)
    return found


def rounds(variants: Iterable[Variant]) -> list[list[Variant]]:
    """Variants in as few groups as possible, each with at most one for a name."""
    by_name: dict[str, list[Variant]] = {}
    for variant in variants:
        by_name.setdefault(variant.name, []).append(variant)
    return [[v for v in row if v is not None] for row in zip_longest(*by_name.values())]


def halves(assignment: Assignment, mistakes: Iterable[Variant]) -> list[list[Variant]]:
    """Mistakes in groups that leave about half of the questions right, another half in each round.

    So a few notebooks show for every mistake that it fails its own question and spares the others. Mistakes of
    questions that need others are kept apart from the rest.
    """
    groups: list[list[Variant]] = []
    for number, row in enumerate(zip_longest(*by_question(mistakes).values())):
        sides: tuple[list[Variant], ...] = ([], [], [])
        for place, variant in enumerate(v for v in row if v is not None):
            needs_others = bool(assignment.question(variant.question).needs)
            sides[2 if needs_others else (place >> number % 4) & 1].append(variant)
        groups += [side for side in sides if side]
    return groups


def junk_notebook(course: Course, assignment: Assignment, body: str) -> str:
    """A notebook in which every name that a question asks for answers with junk."""
    notebook = student_notebook(course, assignment.id)
    for cell in notebook["cells"]:
        id = cell["metadata"].get("grader", {}).get("question")
        if id:
            names = assignment.question(id).names
            cell["source"] = "\n".join(f"def {name}(*args, **kwargs):\n    {body}\n" for name in names)
    return as_text(notebook)
