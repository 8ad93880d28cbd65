"""What a student was given: how the notebook asks each question."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """How the handout asks one question.

    Attributes:
        text: the passage before its cell, in Markdown, from the heading on; its figures are within it, as `data:`.
            Questions that follow each other without a word between them share one.
        code: its cell as it was handed out.
    """

    question: str
    text: str
    code: str
