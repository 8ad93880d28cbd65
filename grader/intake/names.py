"""What the words in a name speak of: a person, work that is handed in, or a part of the class."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORK = """
    the my copy of old new final first last second draft backup archive attempt try version src source code work home hw
    notebook notebooks untitled submission submissions solution solutions answer answers homework ex exercise exercises
    assignment assignments ass ps pset part week sheet problem project task question lab test main data image images
    output outputs figure figures plot plots result results model kopie von copie de one two three
"""
_SHEET = "hw homework week ps pset assignment ass exercise exercises sheet problem project"
_TEAM = "gruppe group groups grp team"  # these may hand in together
_CLASS = """
    section sections sec year semester term tutorial tutorials tut seminar room morning afternoon evening late early
    on time spring summer autumn fall winter stream cohort track session discussion campus mon tue tues wed thu thur
    thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday
"""
_WORDS, _SHEETS, _TEAMS = frozenset(_WORK.split()), frozenset(_SHEET.split()), frozenset(_TEAM.split())
_SECTIONS = _TEAMS | frozenset(_CLASS.split())
_DATE = re.compile(r"(?:19|20)\d{6}")


class Names:
    """Knows which words speak of work: those of the assignments, too."""

    def __init__(self, assignments: Sequence[str]) -> None:
        """Args: assignments: ids and titles."""
        words = {word for text in assignments for word in _words(text) if len(word) > 2}
        self.topics = words - _WORDS

    def is_work(self, name: str) -> bool:
        """Whether a name consists of words of work, numbers and single letters."""
        return all(len(word) == 1 or _is_count(word) or self._speaks(word) for word in _words(name))

    def mentions_work(self, name: str) -> bool:
        """Whether any word of a name speaks of work."""
        return any(map(self._speaks, _words(name)))

    def is_part(self, name: str) -> bool:
        """Whether a folder's name speaks of work for sure: a number may as well be a person's."""
        return self.is_work(name) and self.mentions_work(name)

    def is_topic(self, name: str) -> bool:
        """Whether a name is an assignment's."""
        return self.is_work(name) and any(word in self.topics for word in _words(name))

    def is_sheet(self, name: str) -> bool:
        """Whether a name is of something that everybody hands in: one name in two such folders is one student."""
        return self.is_work(name) and any(word in self.topics or word in _SHEETS for word in _words(name))

    def is_called(self, name: str) -> bool:
        """Whether a name is of a part of the class, or of work, and not of a person."""
        return is_section(name) or self.is_part(name)

    def _speaks(self, word: str) -> bool:
        return word in _WORDS or word in self.topics


def is_section(name: str) -> bool:
    """Whether a name is of a part of the class: "Tuesday", "Section 2", "A"."""
    words = _words(name)
    if len(words) == 1 and len(name) == 1:
        return not name.isdecimal()
    return not _SECTIONS.isdisjoint(words) and all(
        word in _SECTIONS or word.isdecimal() or len(word) == 1 for word in words
    )


def is_team(name: str) -> bool:
    """Whether a name is of a group, which may be a section or may hand in together."""
    return not _TEAMS.isdisjoint(_words(name))


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+", name.lower())


def _is_count(word: str) -> bool:
    """Whether a word is a number, but no student's."""
    return word.isdecimal() and (len(word) < 5 or _DATE.fullmatch(word) is not None)
