"""Counts the course for the table in README.md: questions, points, known mistakes, alternatives.

    python materials/course_table.py

What the mutants' column says was measured, and stays as it is.
"""

from __future__ import annotations

import re
from pathlib import Path

from grader.course.catalog import Course
from grader.course.variants import load_variants
from grader.text import points

ROOT = Path(__file__).parents[1]


def counted(text: str, course: Course) -> str:
    """README's text with the counts of the course as it is."""
    for id in course.written():
        assignment = course.assignment(id)
        most = points(sum(question.points for question in assignment.questions))
        wrong, right = (len(load_variants(assignment, at)) for at in (course.mistakes(id), course.alternatives(id)))
        row = rf"^(\| {id[:2]} [^|]+\|)(?: \S+ \|){{4}}"
        text, found = re.subn(
            row, rf"\g<1> {len(assignment.questions)} | {most} | {wrong} | {right} |", text, flags=re.MULTILINE
        )
        assert found == 1, f"README.md has {found} rows for {id}"
    return text


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(counted(readme.read_text(encoding="utf-8"), Course(ROOT)), encoding="utf-8")
