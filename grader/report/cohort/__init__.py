"""The page of one assignment's class, for staff: a view is made of one part after another."""

from grader.report.cohort.moved import Moved
from grader.report.cohort.page import ClassView, Lists, class_view

__all__ = ["ClassView", "Lists", "Moved", "class_view"]
