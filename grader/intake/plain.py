"""Sorts out a class that no platform laid out: a folder per student, however deep the course nests them, or flat files.

What decides is where notebooks lie. A folder that holds one directly is a student's, and so are the folders beside it.
Folders around such folders are sections, or what somebody zipped. Two people are never made one: where a folder may
hold one student's parts or several students, names that speak of work ("old", "hw1", an assignment's) are parts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.intake.names import Names, is_section, is_team
from grader.intake.tree import File, Folder
from grader.text import identity

# What is handed in instead of a notebook
OTHERS = re.compile(
    r"\.(?:py|html?|pdf|json|docx?|odt|rtf|txt|rmd|qmd|r|m|pages|png|jpe?g|heic|rar|7z|tar|t?gz|bz2|xz|zip)", re.I
)
MOST_DIGITS = 2  # of a section's number
_READ_ME = re.compile(r"(?:read.?me|index|licen[cs]e|changelog|instructions|requirements|todo|notes)\b.*", re.I | re.S)
_CLASS = re.compile(  # what a class is collected in
    r".*(?:submi|class|course|hand|export|download|collect|students|inbox|abgaben|grading).*", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Handful:
    """What one student handed in.

    Attributes:
        chain: the names of the folders down to the student's own, which tell who it is; none for nobody's files.
        files: with the names that they have within it.
    """

    chain: tuple[str, ...]
    where: str
    files: tuple[tuple[str, File], ...]


class Sorter:
    """Sorts by the words in names, and by where notebooks lie."""

    def __init__(self, assignments: Sequence[str], known: Iterable[str] = ()) -> None:
        """Sort for a course.

        Args:
            assignments: ids and titles.
            known: keys of students that a gradebook has.
        """
        self.known = {key.rpartition("/")[2] for key in known}
        self.names = Names(assignments)

    def sort_out(self, root: Folder, siblings: Sequence[Folder] = ()) -> Iterator[Handful]:
        """Everything under a path of the command line.

        Args:
            siblings: what lies beside the path, listed one level deep: it tells a student's folder from a class.
        """
        if self._is_one_students(root, siblings):
            yield Handful((root.stem,), root.where, tuple(_files(root)))
        else:
            yield from self._class(root, (root.stem,))

    def _is_one_students(self, root: Folder, siblings: Sequence[Folder]) -> bool:
        """Whether a folder that was named is one student's own, and not a class of flat files."""
        if _CLASS.fullmatch(root.stem):
            return False
        notebooks = _notebooks(root)
        if identity(root.stem) in self.known:
            return not any(identity(file.stem) in self.known for file in notebooks)
        if self._is_called_section(root) and (len(notebooks) > 1 or self._says_section(root, siblings, teams=False)):
            return False
        beside = bool(siblings) and 2 * sum(map(_is_direct, siblings)) >= len(siblings)
        if not notebooks:
            crowd = self._crowd(root)  # none where all folders are called for work
            parts = [one for one in root.inner if _is_usable(one)]
            own = crowd == 0 and not self.names.is_called(root.stem) and all(map(_is_direct, parts))
            return (own or (beside and crowd <= 1)) and not root.archive and _is_usable(root)
        work = len(notebooks) == 1 or all(self.names.is_work(file.stem) for file in notebooks)
        return (beside and work) or (self._are_parts(notebooks) and self._below(root) < 2)

    def _are_parts(self, notebooks: Sequence[File]) -> bool:
        """Whether notebooks side by side are one student's: named for assignments, or a single one for no person."""
        return all(
            self.names.is_topic(file.stem) or (len(notebooks) == 1 and self.names.is_work(file.stem))
            for file in notebooks
        )

    # ---- a class

    def _class(self, folder: Folder, chain: tuple[str, ...], more: int = 0) -> Iterator[Handful]:
        """The students of a folder of students: flat files at its top, folders and archives below.

        Args:
            more: how many levels of sections other sections have from here on.
        """
        flat = [file for file in folder.files if _counts(file)]
        notebooks = [file for file in flat if file.is_notebook]
        inner = folder.inner
        if not notebooks and not more and len(inner) == 1 and not any(_is_work_file(file) for file in flat):
            yield from self._lost(folder, [(file.name, file) for file in flat])
            yield from self._wrapped(inner[0], (*chain, inner[0].stem))
            return
        for file in flat:
            if file.is_notebook or _is_work_file(file):
                yield Handful((*chain, file.stem), file.where, ((file.name, file),))
        rest = [(file.name, file) for file in flat if not file.is_notebook and not _is_work_file(file)]
        yield from self._lost(folder, rest)
        if notebooks:  # then a folder without any may as well hold data
            yield from self._level([one for one in inner if _is_usable(one)], chain, more)
            for one in inner:
                if not _is_usable(one):
                    yield from self._lost(one, _files(one))
        else:
            yield from self._level(inner, chain, more)

    def _wrapped(self, folder: Folder, chain: tuple[str, ...]) -> Iterator[Handful]:
        """The only folder of a class: around everything, or the only student's."""
        if self._is_alone(folder):
            while len(chain) > 1 and self.names.is_part(chain[-1]):  # a folder that the only student made
                chain = chain[:-1]
            yield Handful(chain, folder.where, tuple(_files(folder)))
        else:
            yield from self._class(folder, chain)

    def _is_alone(self, folder: Folder) -> bool:
        """Whether all in a folder, or in an archive, is of one student."""
        notebooks = _notebooks(folder)
        people = [file for file in notebooks if not self.names.is_work(file.stem)]
        if notebooks:
            one = len(notebooks) == 1 and (folder.archive or not _CLASS.fullmatch(folder.stem))
            parts = not _CLASS.fullmatch(folder.stem) and all(self.names.is_part(file.stem) for file in notebooks)
            own = one or parts or self._are_parts(notebooks) or (folder.archive and not people)
            return own and self._below(folder) < 2
        if not _is_usable(folder):
            return len(folder.inner) < 2
        return self._crowd(folder) <= (1 if folder.archive else 0)

    def _crowd(self, folder: Folder) -> int:
        """How many people may be within a folder, flat files counted."""
        notebooks = _notebooks(folder)
        if notebooks:
            return max(1, len([file for file in notebooks if not self.names.is_work(file.stem)]))
        return self._below(folder)

    def _below(self, folder: Folder) -> int:
        """How many people may be in the folders within a folder."""
        usable = [one for one in folder.inner if _is_usable(one)]
        crowds = [(one, 1 if one.archive else self._crowd(one)) for one in usable]
        return sum(crowd if crowd > 1 else int(not self.names.is_part(one.stem)) for one, crowd in crowds)

    def _level(self, folders: Sequence[Folder], chain: tuple[str, ...], more: int) -> Iterator[Handful]:
        """Folders and archives side by side: students, or sections of students."""
        nested = [one for one in folders if not one.archive and _is_usable(one) and not _is_direct(one)]
        parts = self._repeated([one for one in nested if not self.names.is_called(one.stem)])
        around = [one for one in nested if self._people(one, parts) > (0 if self.names.is_called(one.stem) else 1)]
        flat = self._flat_sections([one for one in folders if one not in around], len(around))
        deep = [one for one in nested if one not in flat]
        students = [one for one in folders if (one.archive or _is_direct(one)) and one not in flat]
        around += [one for one in folders if is_section(one.stem) and one.inner and not _is_usable(one)]
        sections = bool(around or flat or more) and not students
        if sections:  # then those that hold one student are sections, too
            more = max(more, *(self._levels(folder) for folder in around), 1) - 1
            around = [folder for folder in deep if self._people(folder, parts)]
        for folder in folders:
            within = chain if self.names.is_sheet(folder.stem) else (*chain, folder.stem)
            if folder in around or folder in flat:
                yield from self._class(folder, within, more)
            elif sections and folder not in deep and (folder.inner or flat):  # nobody in it handed in a notebook
                yield from self._class(folder, within)
            elif sections and folder not in deep:  # an empty section, or what the course keeps beside them
                yield from self._lost(folder, _files(folder))
            else:
                yield Handful((*chain, folder.stem), folder.where, tuple(_files(folder)))

    def _people(self, folder: Folder, parts: set[str]) -> int:
        """How many people may be within a folder."""
        count = 0
        for one in folder.inner:
            if not _is_usable(one):
                count += int(one.is_empty and not self.names.is_part(one.stem))
                continue
            if self._is_called_section(one):
                count += len(_notebooks(one))
                continue
            within = 1 if one.archive or _is_direct(one) else self._people(one, parts)
            count += within if within > 1 else int(one.stem not in parts and not self.names.is_part(one.stem))
        return count

    def _repeated(self, folders: Sequence[Folder]) -> set[str]:
        """Names that many folders have inside, of folders with notebooks: parts of the work, not people."""
        below = [one for folder in folders for _, one in folder.all_folders() if not one.archive and _is_direct(one)]
        inside = [one for one in below if not self._is_called_section(one)]
        counts = Counter(one.stem for one in inside)
        return {name for name, count in counts.items() if count > 1 and len(counts) * 2 <= len(inside)}

    def _levels(self, folder: Folder) -> int:
        """How many levels below a section its students are."""
        people = [one for one in folder.inner if _is_usable(one) and not self.names.is_part(one.stem)]
        if not people or any(one.archive or _is_direct(one) for one in people):
            return 1
        return 1 + max(self._levels(one) for one in people)

    def _flat_sections(self, folders: Sequence[Folder], nested: int) -> list[Folder]:
        """Folders that hold a section's files side by side, each with a person's name of its own.

        The folders' names may say that they are sections. Otherwise most of them must hold several people.

        Args:
            nested: how many sections beside them hold a folder per student.
        """
        usable = [folder for folder in folders if _is_usable(folder)]
        called = [folder for folder in usable if self._is_called_section(folder)]
        single = all(len(_notebooks(folder)) == 1 for folder in called) and nested == 0
        named = [
            folder
            for folder in called
            if len(_notebooks(folder)) > 1 or self._says_section(folder, usable, teams=not single)
        ]
        others = [folder for folder in usable if folder not in named]
        stems = [file.stem for folder in others for file in _notebooks(folder)]
        several = nested + sum(len(_notebooks(folder)) > 1 for folder in others)
        alike = len(others) + nested > 1 and bool(others) and all(map(self._are_people, others))
        plain = not any(map(self.names.mentions_work, stems))
        count = nested + len(others)
        most = 2 * several > count or (plain and 2 * several == count)
        return [*named, *(others if alike and most and len(set(stems)) == len(stems) else [])]

    def _is_called_section(self, folder: Folder) -> bool:
        """Whether a folder is called a section, and holds people's files."""
        return not folder.archive and self._may_be_called(folder.stem) and self._are_people(folder)

    def _may_be_called(self, name: str) -> bool:
        return self.names.is_called(name) or (name.isdecimal() and len(name) <= MOST_DIGITS)

    def _says_section(self, folder: Folder, beside: Sequence[Folder], *, teams: bool) -> bool:
        """Whether a folder that holds one file of a person is a section: "Sun" may be a name, beside other names.

        Args:
            teams: whether one that is called a group is one, too. One file of a group may be the whole group's.
        """
        team = is_team(folder.stem) or folder.stem.isdecimal()
        return (teams or not team) and all(self._may_be_called(one.stem) for one in beside)

    def _are_people(self, folder: Folder) -> bool:
        """Whether each notebook in a folder has a name that may be a person's, and not the folder's."""
        stems = [file.stem for file in _notebooks(folder)]
        own = folder.stem.lower() if len(folder.stem) > 1 else "/"
        return bool(stems) and not any(self.names.is_work(stem) or own in stem.lower() for stem in stems)

    def _lost(self, folder: Folder, files: Sequence[tuple[str, File]]) -> Iterator[Handful]:
        """Files of nobody: a course's own list, a read-me, data."""
        if files:
            yield Handful((), folder.where, tuple(files))


def _notebooks(folder: Folder) -> list[File]:
    return [file for file in folder.files if _counts(file) and file.is_notebook]


def _files(folder: Folder) -> list[tuple[str, File]]:
    return [("/".join(names), file) for names, file in folder.walk() if _counts(file)]


def _counts(file: File) -> bool:
    return not file.left_over and not file.context


def _is_direct(folder: Folder) -> bool:
    """Whether a notebook or an archive lies in the folder itself."""
    return any(_counts(file) and file.is_notebook for file in folder.files) or any(
        one.archive for one in folder.folders
    )


def _is_usable(folder: Folder) -> bool:
    """Whether there is a notebook, or an archive that may hold one, anywhere below."""
    if folder.archive or any(_counts(file) and file.is_notebook for _, file in folder.walk()):
        return True
    return any(inner.archive for _, inner in folder.all_folders())


def _is_work_file(file: File) -> bool:
    """Whether a file that is no notebook is what somebody handed in, and not a read-me."""
    return OTHERS.fullmatch(Path(file.name).suffix) is not None and not _READ_ME.fullmatch(file.name)
