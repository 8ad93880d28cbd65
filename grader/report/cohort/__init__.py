"""The page of one assignment's class, for staff: a view is made of one part after another."""

from grader.report.cohort.page import ClassView, class_view

__all__ = ["ClassView", "class_view"]
