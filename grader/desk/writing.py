"""One decision more, or another in its place, in `decisions.toml`: all is checked first, and written at once."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from grader.course.catalog import Course
from grader.desk.blocks import added, changed, for_another, headers, without
from grader.desk.docket import docket_of
from grader.desk.reading import bytes_of, decisions_in
from grader.desk.whom import Known
from grader.errors import FileFaults, UsageError
from grader.folders import replacing
from grader.records import Decision, Kind

HEAD = "# What persons decided. Entries are written by `grader decide` or by hand, and may be changed by hand.\n"


def text_of(content: bytes) -> str:
    """A file's text, with the ends of lines that Python has; a new one begins with a word about itself."""
    return content.decode("utf-8-sig").replace("\r\n", "\n") or HEAD


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds, and the decisions in it."""

    content: bytes
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an entry.

    Attributes:
        decision: as it is in the file now.
        before: the one that it took the place of.
        waits: why it holds for nobody yet; "" where it does.
    """

    decision: Decision
    before: Decision | None
    waits: str


@dataclass(frozen=True, slots=True)
class Book:
    """`decisions.toml`, for this course and these people. `zone`: of dates without one, an IANA name."""

    path: Path
    zone: str
    course: Course
    known: Known

    def read(self) -> Sheet:
        """What stands there now. Raises FileFaults."""
        content = bytes_of(self.path)
        decisions = decisions_in(self.path, content, self.zone)
        docket_of(decisions, self.course, self.known)
        return Sheet(content, decisions)

    def undo(self, about: Decision) -> Decision:
        """Take back the last decision about a student, an assignment and a question, of whatever kind.

        Args:
            about: says whom and what; without a question, whichever it is.

        Raises FileFaults when the file has faults, UsageError when there is none; then nothing is written.
        """
        before = self.read()
        text, found = text_of(before.content), list[tuple[tuple[date, int], Decision, int, int]]()
        for kind in Kind:
            same = [one for one in before.decisions if one.kind is kind]
            starts = headers(text, kind.value)
            for number, one in enumerate(same):
                if self._is_about(one, about):
                    place = starts[number] if len(starts) == len(same) else -1
                    found.append(((one.on or date.min, place), one, number, len(same)))
        if not found:
            raise UsageError("nothing like that is decided; nothing was changed")
        _, last, number, count = max(found, key=lambda one: one[0])
        self._save(without(text, last.kind.value, [number], count), before.content)
        return last

    def _is_about(self, one: Decision, about: Decision) -> bool:
        place = (self._who(one), one.section, one.assignment)
        is_same = place == (self._who(about), about.section, about.assignment)
        return is_same and one.question in (about.question or one.question,)

    def is_other(self, before: Sheet) -> bool:
        """Whether the file holds something else now."""
        return before.content != bytes_of(self.path)

    def write(self, kind: Kind, entry: Mapping[str, Any]) -> Written:
        """Write an entry in the place of one about the same, or at the end; comments are always added.

        Args:
            entry: by key, values as TOML has them.

        Raises FileFaults when the file has faults, UsageError when the entry has; then nothing is written.
        """
        before = self.read()
        new = self._read_alone(kind, entry)
        same = [one for one in before.decisions if one.kind is kind]
        number = next((i for i, one in enumerate(same) if self._about(one) == self._about(new)), None)
        text = text_of(before.content)
        if kind is Kind.COMMENT or number is None:
            number, text = len(same), added(text, kind, entry, self._notes(entry))
        else:
            text = changed(text, kind, {number: entry}, len(same))
        after = decisions_in(self.path, text.encode(), self.zone)
        waiting = docket_of(after, self.course, self.known).waiting
        self._save(text, before.content)
        made = [one for one in after if one.kind is kind][number]
        waits = next((said for one, said in waiting if one is made), "")
        return Written(made, same[number] if number < len(same) else None, waits)

    def write_for(self, students: Sequence[str], kind: Kind, entry: Mapping[str, Any], before: Sheet) -> Sheet:
        """Write the same entry for each of some students, all at once, as `write` does.

        A file of thousands of entries is not read again for it: the entry is checked alone, and what is not replaced
        stays as it is.

        Args:
            before: what the file held when it was read last.

        Returns: what stands there now. Raises as `write`.
        """
        if self.is_other(before):
            before = self.read()
        same = [one for one in before.decisions if one.kind is kind]
        places = {self._about(one): i for i, one in enumerate(same)}
        text = text_of(before.content)
        first = {"student": students[0], **entry}
        model, block = self._read_alone(kind, first), added("", kind, first)
        more: dict[str, Decision] = {}
        other: dict[int, Mapping[str, Any]] = {}
        for student in students:
            new = replace(model, student=student)
            place = places.get(self._about(new))
            if place is None:
                more[for_another(block, student, self._notes({"student": student}).get("student", ""))] = new
            else:
                other[place] = {"student": student, **entry}
                same[place] = new
        text = changed(text, kind, other, len(same)) if other else text
        text = "\n\n".join(part.strip() for part in (text, *more)) + "\n"
        self._save(text, before.content)
        others = tuple(one for one in before.decisions if one.kind is not kind)
        return Sheet(bytes_of(self.path), (*others, *same, *more.values()))

    def _read_alone(self, kind: Kind, entry: Mapping[str, Any]) -> Decision:
        """The entry as a decision. Raises UsageError for the first thing that is wrong with it, without a line."""
        try:
            (new,) = decisions_in(self.path, added("", kind, entry).encode(), self.zone)
            if unfit := docket_of([new], self.course, self.known).unfit:
                raise FileFaults([fault for _, fault in unfit])
        except FileFaults as error:
            where = error.where.partition(": line 1")[2].removeprefix(": ")
            said = f"{where}: {error.what}" if where else f"it {error.what}"
            raise UsageError(f"{said}; {error.fix}; nothing was written") from error
        return new

    def _about(self, one: Decision) -> tuple[object, ...]:
        """What no two decisions of a kind may have in common."""
        return (self._who(one), one.section, one.assignment, one.question, one.check)

    def _who(self, one: Decision) -> str:
        """The key of the student, or the name where that is nobody's."""
        who = self.known.find(one.student) if one.student else []
        return who[0].key if who else one.student

    def _notes(self, entry: Mapping[str, Any]) -> dict[str, str]:
        """Who it is, where a number says it."""
        found: Sequence[Any] = self.known.find(str(entry.get("student", "")))
        return {"student": found[0].name} if found and found[0].name != entry["student"] else {}

    def _save(self, text: str, read: bytes) -> None:
        path = self.path.resolve()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as new:
                new.write_text(text, encoding="utf-8", newline="\r\n" if b"\r\n" in read else "\n")
                if path.exists():
                    shutil.copymode(path, new)
                if bytes_of(path) != read:
                    raise UsageError(f"{self.path} was changed at this moment; try again")
        except OSError as error:
            raise UsageError(f"{self.path} cannot be written: {error.strerror}") from error
