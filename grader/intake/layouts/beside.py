"""Reads what platforms put beside submissions: names, members of groups, times. All of it is text of strangers.

The only user of yaml, with a loader that knows no tags, no types and no merges, on text of limited size.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import yaml

from grader.errors import SubmissionError
from grader.intake.layouts import git
from grader.records import Student
from grader.text import identity, name_of

if TYPE_CHECKING:
    from grader.intake.layouts.layout import Facts, Part
    from grader.intake.tree import File, Folder

MAX_METADATA = 64 << 20  # bytes
MAX_TEXT = 1 << 20
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # knows texts, lists and tables only
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?\s*(Z|UTC|[+-]\d\d:?\d\d)?")


def gradescope(folder: Folder, parts: Sequence[Part]) -> Mapping[str, Facts]:
    """The members of each submission and its time, from `submission_metadata.yml` or `.csv`."""
    from grader.intake.layouts.layout import Facts

    found: dict[str, Facts] = {}
    for file in folder.files:
        if file.name in ("submission_metadata.yml", "submission_metadata.yaml"):
            for unit, entry in _tables(_yaml(file)).items():
                people = _list(entry.get(":submitters", entry.get("submitters")))
                members = [m for one in people if (m := _member(_plain(one)))]
                made = _text(entry.get(":created_at", entry.get("created_at")))
                found[unit] = Facts(tuple(dict.fromkeys(members)), time_of(made))
        elif file.name == "submission_metadata.csv":
            found |= _from_csv(file)
    for part in parts:
        found.setdefault(part.unit, Facts((Student.named(f"submission_{part.unit}"),)))
        if not found[part.unit].students:
            known = found[part.unit]
            found[part.unit] = Facts((Student.named(f"submission_{part.unit}"),), known.time)
    return found


def _from_csv(file: File) -> dict[str, Facts]:
    from grader.intake.layouts.layout import Facts

    found: dict[str, Facts] = {}
    for row in csv.DictReader(_read(file, MAX_METADATA).splitlines()):
        said = {str(key).strip().lower(): str(value or "").strip() for key, value in row.items() if key}
        name = said.get("name") or f"{said.get('first name', '')} {said.get('last name', '')}".strip()
        member = _member({"name": name, "sid": said.get("sid", ""), "email": said.get("email", "")})
        unit = said.get("submission id", "").removeprefix("submission_")
        before = found.get(unit, Facts())
        late = said.get("lateness (h:m:s)", "")
        found[unit] = Facts(
            (*before.students, *([member] if member else ())),
            time_of(said.get("submission time", "")),
            any(digit in "123456789" for digit in late) if late else None,
        )
    return found


def _member(said: Mapping[str, str]) -> Student | None:
    """One of the people who handed in together, by the best id that is known of them."""
    told = {key.lstrip(":"): value.strip() for key, value in said.items()}
    name, sid, email = (told.get(key, "") for key in ("name", "sid", "email"))
    if not (sid or email):
        return Student.named(name) if name else None
    ids = {key: value for key, value in (("gradescope", sid), ("email", email)) if value}
    return Student(f"gradescope//{identity(sid or email)}", name_of(name or sid or email), ids)


def nbgrader(folder: Folder, parts: Sequence[Part]) -> Mapping[str, Facts]:
    """The time in each submission's `timestamp.txt`."""
    from grader.intake.layouts.layout import Facts

    return {
        "/".join(names[:2]): Facts(time=time_of(_read(file, MAX_TEXT)))
        for names, file in folder.walk()
        if len(names) == 3 and file.name == "timestamp.txt"
    }


def blackboard(folder: Folder, parts: Sequence[Part]) -> Mapping[str, Facts]:
    """Name and user name from the text that Blackboard writes for each attempt.

    Without it the user name cannot be told from the assignment's name before it: then both are the identity.
    """
    from grader.intake.layouts.layout import Facts

    found: dict[str, Facts] = {}
    shared = _shared([part.says["name"] for part in parts], "_")
    for part in parts:
        if not part.says.get("text"):
            continue
        said = re.search(r"^\s*Name:\s*(.+?)\s*\(([^()\r\n]+)\)\s*$", _read(part.file, MAX_TEXT), re.M)
        if said and part.says["name"].endswith(f"_{said[2]}"):
            ids = {"blackboard": said[2]}
            student = Student(f"blackboard//{identity(said[2])}", name_of(said[1]), ids)
            found[part.unit] = Facts((student,), of=part.file)
    for part in parts:
        stem = part.says["name"]
        if part.unit not in found:
            found[part.unit] = Facts((Student(identity(stem), name_of(stem[len(shared) :] or stem)),))
    return found


def github(folder: Folder, parts: Sequence[Part]) -> Mapping[str, Facts]:
    """The user of each repository, and when the last commit was made: files have the time of the clone."""
    from grader.intake.layouts.layout import Facts

    repositories = {inner.name: inner for inner in folder.folders}
    cloned = [name for name, inner in repositories.items() if any(one.name == ".git" for one in inner.folders)]
    home = re.fullmatch(r"(.+)-submissions", folder.stem)
    prefix = f"{home[1]}-" if home and all(name.startswith(f"{home[1]}-") for name in cloned) else ""
    prefix = prefix or (_shared(cloned, "-") if len(cloned) > 1 else "")
    found: dict[str, Facts] = {}
    for unit in {part.unit for part in parts}:
        user = unit.removeprefix(prefix) or unit
        student = Student(f"github//{identity(user)}", name_of(user), {"github": user})
        inner = repositories.get(unit)
        found[unit] = Facts((student,), git.last_commit(inner) if inner else None)
    return found


def _shared(names: Sequence[str], mark: str) -> str:
    """What all names begin with, up to a mark."""
    least, most = min(names, default=""), max(names, default="")
    same = next((i for i, (a, b) in enumerate(zip(least, most, strict=False)) if a != b), len(least))
    return least[:same].rpartition(mark)[0] + mark if mark in least[:same] and least != most else ""


def time_of(text: str) -> float | None:
    """Seconds since the epoch; UTC where no zone stands, None where no time does."""
    match = _TIME.search(text)
    if match is None:
        return None
    zone = match[4] or ""
    offset = "+00:00" if zone in ("", "Z", "UTC") else zone
    try:
        return datetime.fromisoformat(f"{match[1]}T{match[2]}{offset}").astimezone(UTC).timestamp()
    except ValueError:
        return None


def _read(file: File, most: int) -> str:
    """The text of a platform's own file; empty if it cannot be read."""
    try:
        return file.read(most).decode("utf-8-sig", "replace")
    except SubmissionError:
        return ""


def _yaml(file: File) -> Any:
    try:
        return yaml.load(_read(file, MAX_METADATA), _LOADER)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def _tables(value: Any) -> dict[str, dict[str, Any]]:
    """The entries `submission_N` of the table, by N."""
    found: dict[str, dict[str, Any]] = {}
    for key, entry in value.items() if isinstance(value, dict) else ():
        match = re.fullmatch(r":?submission_(\d+):?", key) if isinstance(key, str) else None
        if match and isinstance(entry, dict):
            found[match[1]] = entry
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _plain(value: Any) -> dict[str, str]:
    return {str(k): v for k, v in value.items() if isinstance(v, str)} if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
