"""Grades -> HTML: one self-contained page per student, one for the class.

Everything from a student is text here; autoescape is on, templates are constant, and the pages forbid scripts.
"""

from grader.report.cohort import Lists, Moved
from grader.report.pages import class_page, student_page

__all__ = ["Lists", "Moved", "class_page", "student_page"]
