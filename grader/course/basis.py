"""What the verdicts on a question rest on, as one hash: what has the same one need not be judged again.

Beside the notebook, the environment and the seed, which whoever remembers a verdict knows, these are the question's
checks and mistakes, the reference's cells that it rests on, what suites share, the data, and the limits. Points, texts
and other questions are not among them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.course.catalog import Course, hash_files
from grader.course.parts import Parts, read_parts
from grader.course.variants import Variant, by_question, load_variants
from grader.records import Assignment


def bases(course: Course, id: str) -> dict[str, str]:
    """By question, the hash of what its verdicts rest on. Raises CourseError for a course that cannot be read."""
    assignment = course.assignment(id)
    parts = read_parts(course, assignment)
    mistakes = by_question(load_variants(course.whole(id), course.mistakes(id)))
    return {
        question.id: basis_of(
            course, parts, [question.id], mistakes.get(question.id, ()), [course.mistakes(id)], question.names
        )
        for question in assignment.coded
    }


def basis_of_answers(course: Course, id: str) -> str:
    """A hash of what a notebook's answers rest on beside itself and what it is asked: its limits, device and data."""
    known = [course.assignment(id).rests, hash_files(course.root, [course.handout(id) / "data"])]
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:32]


def basis_of(
    course: Course,
    parts: Parts,
    questions: Sequence[str],
    variants: Iterable[Variant],
    folders: Iterable[Path],
    more: object = None,
) -> str:
    """A hash of all that verdicts on some questions rest on.

    Args:
        variants: which take the place of a definition of the first of them, or are compared with answers to it.
        folders: where the files with these variants lie.
        more: what else is to change the hash, as JSON can say it.
    """
    assignment, variants = parts.assignment, list(variants)
    id, first = assignment.id, questions[0]
    files = [course.hidden(id) / f"test_{one}.py" for one in questions]
    files += [folder / f"{first}.py" for folder in folders]
    return digest(course, assignment, files, [parts.sources(parts.rests_on(q, variants)) for q in questions], more)


def digest(course: Course, assignment: Assignment, files: Iterable[Path], code: object, more: object) -> str:
    """A hash of files and code, of what the questions of an assignment share, and of its limits."""
    known = {
        "assignment": assignment.rests,
        "files": hash_files(course.root, [*files, *course.shared_files(assignment.id)]),
        "code": code,
        "more": more,
    }
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:32]
