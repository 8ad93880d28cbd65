"""A layout: patterns of paths and what they tell. Fits a folder, or does not; then it says whose each file is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from grader.intake.claims import Claim
from grader.intake.tree import File, Folder
from grader.records import Student
from grader.text import identity, name_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What a platform's own file tells about one submission."""

    students: tuple[Student, ...] = ()
    time: float | None = None
    late: bool | None = None
    of: File | None = None  # the file that told it


@dataclass(frozen=True, slots=True)
class Part:
    """A file that fits, with what its path says. `says` has a group of the pattern only where it matched."""

    path: str
    file: File
    says: Mapping[str, str]

    @property
    def unit(self) -> str:
        """What tells one submission from another of the same download."""
        return self.says.get("unit") or self.says.get("id") or self.says.get("name", "")


def _alone(says: Mapping[str, str], folder: Folder) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Layout:
    """One platform's download.

    Attributes:
        name: for `--layout`.
        title: for people.
        file: a student's file, by its path below the download's folder. Its groups, all optional: `name`, `id`,
            `code` (for one without a name), `unit` (of a submission, default the id), `attempt` (a number that
            grows), `time`, `late`, `group`, `text` (it was typed into the platform),
            `file` (what the student called it).
        home: the folder of one submission, which may be empty; groups as above.
        own: the platform's own files.
        needs: a path that at least half of the submissions have; its group `unit` says which.
        clock: how `time` is written, for strptime.
        dated: whether files have the time at which they were handed in, and not that of the download.
        alone: whether what one path says, or the folder, is proof enough of this layout; else two students are.
        beside: reads the platform's own files: from the download's folder and what fits, facts by unit.
    """

    name: str
    title: str
    file: re.Pattern[str]
    home: re.Pattern[str] | None = None
    own: re.Pattern[str] | None = None
    needs: re.Pattern[str] | None = None
    clock: str = ""
    dated: bool = True
    alone: Callable[[Mapping[str, str], Folder], bool] = _alone
    beside: Callable[[Folder, Sequence[Part]], Mapping[str, Facts]] = field(default=lambda folder, parts: {})


def claims_in(layout: Layout, folder: Folder, *, insist: bool = False) -> list[Claim] | None:
    """What the layout tells of everything in the folder; None when it does not fit.

    Args:
        insist: the instructor says that it is this layout.
    """
    parts, own, rest = _parts_of(layout, folder)
    homes = list(_homes_of(layout, folder))
    if not (parts or homes) or not (insist or _fits(layout, folder, parts, homes, rest)):
        return None
    facts = layout.beside(folder, [*parts, *homes])
    claims = [_claim(layout, part, facts.get(part.unit)) for part in parts if not part.file.context]
    known = {student.key for claim in claims for student in claim.students}
    empty = [_claim(layout, home, facts.get(home.unit), empty=True) for home in homes]
    claims += [claim for claim in empty if not any(student.key in known for student in claim.students)]
    claims += [Claim(file, (), file.where) for file in own if not file.context]
    claims += [_unclaimed(file) for _, file in rest if not file.context]
    claims += [Claim(file, (), file.where) for _, file in folder.walk() if file.left_over and not file.context]
    return claims


def _parts_of(layout: Layout, folder: Folder) -> tuple[list[Part], list[File], list[tuple[str, File]]]:
    """Students' files, the platform's, and what fits neither."""
    parts, own, rest = [], [], []
    for names, file in folder.walk():
        path = "/".join(names)
        if file.left_over:
            continue
        if layout.own and layout.own.fullmatch(path):
            own.append(file)
        elif match := layout.file.fullmatch(path):
            parts.append(Part(path, file, _said(match)))
        else:
            rest.append((path, file))
    return parts, own, rest


def _homes_of(layout: Layout, folder: Folder) -> Iterator[Part]:
    if layout.home is None:
        return
    for names, inner in folder.all_folders():
        path = "/".join(names)
        if not inner.archive and not inner.context and (match := layout.home.fullmatch(path)):
            nothing = File(inner.name, inner.where, 0.0, lambda most: b"")
            yield Part(path, nothing, _said(match))


def _said(match: re.Match[str]) -> dict[str, str]:
    return {name: text for name, text in match.groupdict().items() if text is not None}


def _fits(layout: Layout, folder: Folder, parts: list[Part], homes: list[Part], rest: list[tuple[str, File]]) -> bool:
    """Whether the folder is such a download: nothing handed in is left over, and nothing speaks against it."""
    if any(file.is_notebook and not file.context for _, file in rest):
        return False
    if len([file for _, file in rest if not file.context]) > len(parts) + len(homes):
        return False
    units = {part.unit for part in parts}
    proven = _with_proof(layout.needs, folder) if layout.needs else units
    if layout.needs and (not proven or 2 * len(units & proven) < len(units)):
        return False
    names: dict[str, str] = {}
    for part in parts:
        number, name = part.says.get("id", ""), part.says.get("name", "")
        if number and names.setdefault(number, name) != name:
            return False  # one number for two people: it is no id
    numbers = [part.says["attempt"] for part in parts if "attempt" in part.says]
    if len(set(numbers)) < len(numbers):
        return False
    units |= {home.unit for home in homes}
    return len(units) > 1 or all(layout.alone(part.says, folder) for part in [*parts, *homes])


def _with_proof(needs: re.Pattern[str], folder: Folder) -> set[str]:
    """The units that have the path which every submission of such a download has."""
    matches = [needs.fullmatch("/".join(names)) for names, _ in folder.walk()]
    return {match["unit"] for match in matches if match}


def _claim(layout: Layout, part: Part, facts: Facts | None, *, empty: bool = False) -> Claim:
    says, facts = part.says, facts or Facts()
    time = facts.time if facts.time is not None else seconds(says.get("time", ""), layout.clock)
    attempt = says.get("attempt", "") or says.get("time", "")
    rank = float(says["attempt"]) if says.get("attempt", "").isdecimal() else time
    return Claim(
        file=None if empty else part.file,
        students=facts.students or (student_of(layout.name, says),),
        where=part.file.where,
        name=says.get("file", part.file.name),
        unit=part.unit,
        rank=rank,
        attempt=attempt,
        time=time,
        late=True if says.get("late") else facts.late,
        group=says.get("group", ""),
        dated=layout.dated,
        text=bool(says.get("text")) or part.file is facts.of,
    )


def student_of(platform: str, says: Mapping[str, str], ids: Mapping[str, str] | None = None) -> Student:
    """Who a path speaks of: by the platform's id where it gives one, else by the name as it stands there."""
    number = says.get("id") or says.get("code", "")
    name = says.get("name") or says.get("code") or number
    if not number:
        return Student.named(name)
    return Student(f"{platform}//{identity(number)}", name_of(name), {platform: number, **(ids or {})})


def seconds(text: str, clock: str) -> float | None:
    """A written time as seconds since the epoch, taken as UTC; None when it is not written like that."""
    try:
        return datetime.strptime(text, clock).replace(tzinfo=UTC).timestamp() if text and clock else None
    except (ValueError, OverflowError):
        return None


def _unclaimed(file: File) -> Claim:
    """A file in a download that the platform did not name: nobody can say whose it is."""
    return Claim(file, (), file.where, lost=True)
