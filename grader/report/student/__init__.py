"""A student's page: a view is made of one part after another, each in a module of its own."""

from grader.report.student.page import StudentView, student_view

__all__ = ["StudentView", "student_view"]
