"""`course.toml`, and the packages that it says notebooks may use beyond the grader's own.

    requirements = ["pandas>=2", "tqdm"]

`grader doctor` says which of them are not installed; the container file installs them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from grader.errors import CourseError

FILE = "course.toml"


@dataclass(frozen=True, slots=True)
class Package:
    """One requirement and what is installed of it, "" for nothing."""

    wanted: str
    name: str
    installed: str
    fits: bool


def packages(root: Path) -> tuple[Package, ...]:
    """The requirements of the course in this folder; none without a `course.toml`. Raises CourseError."""
    path = root / FILE
    if not path.is_file():
        return ()
    try:
        wanted = tomllib.loads(path.read_text(encoding="utf-8")).get("requirements", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(path, f"no TOML: {error}", "correct that line") from error
    if not isinstance(wanted, list) or not all(isinstance(line, str) for line in wanted):
        raise CourseError(f"{path}: requirements", "no list of strings", 'write requirements = ["pandas>=2"]')
    return tuple(_package(path, line) for line in wanted)


def _package(path: Path, line: str) -> Package:
    try:
        requirement = Requirement(line)
    except InvalidRequirement as error:
        what = f"{line!r} is no requirement"
        raise CourseError(f"{path}: requirements", what, "write it as for pip, such as pandas>=2") from error
    try:
        found = version(requirement.name)
    except PackageNotFoundError:
        return Package(line, requirement.name, "", False)
    return Package(line, requirement.name, found, requirement.specifier.contains(found, prereleases=True))
