"""Grades -> HTML: a self-contained page per student, one for each class, one for the course.

Everything from a student is text here; autoescape is on, templates are constant, and the pages forbid every script but
their own.
"""

from grader.report.cohort import Lists, Moved
from grader.report.mark import Marked, MarkView, answers_with
from grader.report.overall import Column, Member
from grader.report.pages import (
    class_page,
    course_page,
    mark_page,
    mark_script,
    prepare,
    student_page,
    templates,
    unreadable_page,
)
from grader.report.unreadable import unreadable_name

__all__ = [
    "Column",
    "Lists",
    "MarkView",
    "Marked",
    "Member",
    "Moved",
    "answers_with",
    "class_page",
    "course_page",
    "mark_page",
    "mark_script",
    "prepare",
    "student_page",
    "templates",
    "unreadable_name",
    "unreadable_page",
]
