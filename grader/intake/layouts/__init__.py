"""How platforms lay out what they let you download: one table, and what reads the platforms' own files beside it."""

from grader.intake.layouts.known import LAYOUTS
from grader.intake.layouts.layout import Layout, claims_in

__all__ = ["LAYOUTS", "Layout", "claims_in"]
