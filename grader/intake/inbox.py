"""The door: finds what was handed in and who did, and accounts for every file that lies there.

Folders and archives are listed; a platform's layout that fits, or the plain rules, say whose each file is. Notebooks
are read once to know their assignment, and again when they are graded: only one is in memory at a time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path

from grader.errors import SubmissionError, UsageError
from grader.intake.accounts import Account, Place
from grader.intake.attempts import Candidate, choose
from grader.intake.claims import Claim, iso
from grader.intake.groups import Groups, with_members
from grader.intake.own import files_beside
from grader.intake.sorting import claims_under
from grader.intake.submission import MAX_FILE, make_submission
from grader.intake.tree import File
from grader.records import Assignment, Attempt, HandIn, Student, Submission, Unreadable
from grader.text import clean

Handed = Submission | Unreadable
TooLate = Callable[[Student, str, HandIn], bool]  # whether it came after the last date of an assignment
Ends = Callable[[Sequence[Student]], TooLate]
NOBODYS = "Nothing tells whose it is."


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a class is to be read.

    Attributes:
        assignments: those of the course.
        forced: the assignment of notebooks that do not say it.
        layout: the name of a layout to insist on.
        known: keys of students that a gradebook has.
        groups: who hands in together, as far as the course says it.
        ends: for everybody who handed in, what tells whether something came after the last date; None: there is none.
    """

    assignments: Sequence[Assignment] = ()
    forced: str = ""
    attempt: Attempt = Attempt.LAST
    layout: str = ""
    known: Collection[str] = ()
    groups: Groups | None = None
    ends: Ends | None = None


@dataclass(frozen=True)
class Intake:
    """What lies under some paths.

    Attributes:
        handed: what is to be graded, without its cells, and who needs a person; one per student and assignment, or
            several where the best attempt counts. In a stable order.
        accounts: one per file.
    """

    handed: tuple[Handed, ...]
    accounts: tuple[Account, ...]
    _load: Callable[[Submission], Submission] = field(repr=False)

    def load(self, submission: Submission) -> Submission:
        """The submission with its cells, read now. Raises SubmissionError when its file has become unreadable."""
        return self._load(submission)

    def loaded(self) -> list[Handed]:
        """Everything in memory: for few notebooks."""
        return [self.load(entry) if isinstance(entry, Submission) else entry for entry in self.handed]


def collect(paths: Iterable[Path], wanted: Wanted) -> Intake:
    """Everything under the paths. Raises UsageError when a path does not exist or nothing was handed in at all."""
    paths = list(paths)
    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110  (a name may be longer than a system allows)
            raise UsageError(f"{path}: there is no such file or folder")
        if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
            raise UsageError(f"{path}: this folder cannot be read")
    door = _Door(wanted)
    claims = claims_under(paths, wanted.assignments, wanted.layout, wanted.known)
    for claim in with_members(claims, wanted.groups):
        door.take(claim)
    intake = door.close()
    if not intake.handed:
        where = ", ".join(map(str, paths))
        raise UsageError(f"nothing to grade in {where}: no notebook, no archive, no student's folder")
    return intake


class _Door:
    """Takes claims one by one, then says for each student what counts."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.claims: dict[str, list[Claim]] = {}  # by the student's key
        self.students: dict[str, Student] = {}
        self.accounts: dict[File, Account] = {}
        self.handed: list[Handed] = []
        self.sources: dict[str, tuple[Claim, tuple[Claim, ...]]] = {}  # of each submission, by its path
        self.read: dict[File, Submission | str] = {}
        self.places: dict[File, str] = {}
        self.taken: set[str] = set()
        self.too_late: TooLate = lambda student, assignment, handed: False

    def take(self, claim: Claim) -> None:
        for student in claim.students:
            self.students[student.key] = student
            self.claims.setdefault(student.key, []).append(claim)
        if claim.lost and claim.file and claim.file.is_notebook:
            self._refuse(Student.named(claim.file.stem), claim, NOBODYS)
        if not claim.students:
            self._account(claim, Place.UNUSABLE if claim.lost else Place.PLATFORM, reason=NOBODYS if claim.lost else "")

    def close(self) -> Intake:
        if self.wanted.ends:
            self.too_late = self.wanted.ends(list(self.students.values()))
        for key, claims in self.claims.items():
            self._student(self.students[key], claims)
        handed = sorted(self._told(), key=lambda entry: (entry.student.name, entry.student.key, entry.path))
        accounts = sorted(self.accounts.values(), key=lambda account: account.where)
        return Intake(tuple(handed), tuple(accounts), self._load)

    def _told(self) -> list[Handed]:
        """What was handed in. What cannot be read belongs to the one assignment that everything else here is of."""
        found = [entry.assignment for entry in self.handed if isinstance(entry, Submission)]
        only = self.wanted.forced or (found[0] if len(found) > 1 and len({*found}) == 1 else "")
        return [
            replace(entry, assignment=entry.assignment or only) if isinstance(entry, Unreadable) else entry
            for entry in self.handed
        ]

    # ---- one student

    def _student(self, student: Student, claims: list[Claim]) -> None:
        files = [claim for claim in claims if claim.file is not None]
        notebooks = [claim for claim in files if claim.file and not claim.text and claim.file.is_notebook]
        if not notebooks and len(files) == 1 and files[0].file and files[0].file.name.lower().endswith(".json"):
            notebooks = files
        rest = [claim for claim in files if claim not in notebooks]
        own = [claim for claim in rest if claim.file and not claim.text and not claim.file.fault]
        read = [(claim, self._read(claim, own)) for claim in notebooks]
        candidates = [Candidate(claim, found) for claim, found in read if isinstance(found, Submission)]
        refused = [(claim, found) for claim, found in read if isinstance(found, str)]
        refused += [(claim, claim.file.fault) for claim in rest if claim.file and claim.file.fault]
        for claim, reason in refused:
            self._account(claim, Place.UNUSABLE, reason=reason)
        counted = self._attempts(student, candidates)
        for claim, reason in refused:
            if not candidates or _supersedes(claim, counted):
                self._refuse(student, claim, reason)
                break
        rest = [claim for claim in rest if claim.file and not claim.file.fault]
        if candidates or refused:
            for claim in rest:
                self._account(claim, Place.BESIDE)
        else:
            self._nothing(student, claims, rest)

    def _nothing(self, student: Student, claims: list[Claim], rest: list[Claim]) -> None:
        """Somebody who handed in no notebook at all."""
        names = [clean(claim.file.name, 60) for claim in rest if claim.file and not claim.text]
        if names:
            seen = f"What was found: {', '.join(names[:5])}."
        else:
            seen = "A text was typed into the platform." if any(claim.text for claim in rest) else "It is empty."
        reason = f"There is no notebook in what was handed in. {seen}"
        for claim in rest:
            self._account(claim, Place.UNUSABLE, reason=reason)
        self._refuse(student, claims[0], reason)

    def _read(self, claim: Claim, own: Sequence[Claim]) -> Submission | str:
        """A notebook without its cells, or why it cannot be read; a group's once for all."""
        assert claim.file is not None
        if claim.file in self.read:
            return self.read[claim.file]
        try:
            whole = self._make(claim, own, claim.students[0])
            made: Submission | str = replace(whole, cells=(), files=(), texts=(), handed=_handed(claim))
        except SubmissionError as error:
            made = str(error)
        else:
            self.sources[whole.path] = (claim, tuple(own))
        if len(claim.students) > 1:
            self.read[claim.file] = made
        return made

    def _where(self, claim: Claim) -> str:
        """A path that no other file has: what is shown of a name is cleaned, and a number tells what looks the same."""
        if claim.file is None:
            return claim.where
        if claim.file not in self.places:
            numbers = (f"{claim.file.where} [{number}]" for number in count(2))
            free = next(one for one in chain([claim.file.where], numbers) if one not in self.taken)
            self.places[claim.file] = free
            self.taken.add(free)
        return self.places[claim.file]

    def _make(self, claim: Claim, own: Sequence[Claim], student: Student) -> Submission:
        """A whole submission: the notebook, and what lies beside it. Both make its hash."""
        assert claim.file is not None
        made = make_submission(
            student, self._where(claim), claim.file.read(MAX_FILE + 1), self.wanted.assignments, self.wanted.forced
        )
        files, notes = files_beside(claim, own)
        if not files and not notes:
            return made
        text = "".join((made.sha, *(f"{file.name}\0{file.content}\0" for file in files)))
        sha = hashlib.sha256(text.encode()).hexdigest()[:16]
        return replace(made, sha=sha, files=files, notes=(*made.notes, *notes))

    def _load(self, submission: Submission) -> Submission:
        claim, own = self.sources[submission.path]
        found = self._make(claim, own, submission.student)
        same = {name: getattr(found, name) for name in ("sha", "receipt", "cells", "files", "texts", "assignment")}
        return replace(submission, **same)

    # ---- attempts

    def _attempts(self, student: Student, candidates: list[Candidate]) -> list[Candidate]:
        """Choose for each assignment; returns those that count."""
        by_assignment: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            by_assignment.setdefault(candidate.submission.assignment, []).append(candidate)
        counted: list[Candidate] = []
        for id, all_ in by_assignment.items():
            same = [one for one in all_ if not self.too_late(student, id, one.submission.handed)] or all_
            late = [one for one in all_ if one not in same]
            chosen = choose(same, self.wanted.attempt)
            if self.wanted.attempt is Attempt.BEST:
                counted += same
                for candidate in same:
                    self._count(student, candidate, late)
            elif chosen is None:
                counted += same
                self._undecided(student, same)
            else:
                counted.append(chosen)
                self._count(student, chosen, [one for one in all_ if one is not chosen])
        return counted

    def _count(self, student: Student, chosen: Candidate, others: list[Candidate]) -> None:
        submission, claim = chosen.submission, chosen.claim
        notes = [self._note(student, chosen, other) for other in others if other.submission.sha != submission.sha]
        self.handed.append(replace(submission, student=student, notes=(*submission.notes, *notes)))
        self._account(claim, Place.GRADED, submission)
        for other in others:
            self._account(other.claim, Place.OLDER, other.submission)

    def _note(self, student: Student, chosen: Candidate, other: Candidate) -> str:
        one, two = _short(chosen.submission.path, other.submission.path)
        submission = other.submission
        if self.too_late(student, submission.assignment, submission.handed):
            return f"{two} was handed in after the last date; {one} counts."
        which = "newest" if self.wanted.attempt is Attempt.LAST else "first"
        return f"Several notebooks were handed in; the {which}, {one}, counts, not {two}."

    def _undecided(self, student: Student, same: list[Candidate]) -> None:
        paths = " and ".join(candidate.submission.path for candidate in same)
        reason = f"Several notebooks were handed in, and nothing tells which is the newest: {paths}."
        for candidate in same:
            self._account(candidate.claim, Place.UNUSABLE, candidate.submission, reason)
        self._refuse(student, same[0].claim, reason, same[0].submission.assignment)

    # ---- what is said

    def _refuse(self, student: Student, claim: Claim, reason: str, assignment: str = "") -> None:
        self.handed.append(Unreadable(student, self._where(claim), reason, assignment))

    def _account(self, claim: Claim, place: Place, submission: Submission | None = None, reason: str = "") -> None:
        if claim.file is None:
            return
        before = self.accounts.get(claim.file)
        if before and before.place is Place.GRADED:  # for another one of the group
            return
        time = claim.time
        if time is None and claim.dated and claim.file.modified:
            time = claim.file.modified
        assignment = submission.assignment if submission else ""
        self.accounts[claim.file] = Account(
            self._where(claim), place, claim.students, assignment, claim.attempt, iso(time), claim.late, reason
        )


def _short(one: str, two: str) -> tuple[str, str]:
    """The ends of two paths, as long as it takes to tell them apart: where they lie is not the student's business."""
    ones, twos = one.split("/"), two.split("/")
    length = next((n for n in range(1, len(ones)) if ones[-n:] != twos[-n:]), len(ones))
    return "/".join(ones[-length:]), "/".join(twos[-length:])


def _handed(claim: Claim) -> HandIn:
    saved = claim.file.modified if claim.dated and claim.file and claim.file.modified else None
    return HandIn(iso(claim.time), claim.late, clean(claim.attempt, 60), clean(claim.group, 100), iso(saved))


def _supersedes(claim: Claim, counted: Sequence[Candidate]) -> bool:
    """Whether what cannot be read was, by what the platform says, handed in after what counts."""
    ranks = [candidate.claim.rank for candidate in counted if candidate.claim.rank is not None]
    return claim.rank is not None and bool(ranks) and claim.rank > max(ranks)
