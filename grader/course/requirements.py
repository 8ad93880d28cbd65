"""The packages that a course lets notebooks use beyond the grader's own: `requirements` in `course.toml`.

`grader doctor` says which of them are not installed; the container file installs them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from packaging.requirements import InvalidRequirement, Requirement


@dataclass(frozen=True, slots=True)
class Package:
    """One requirement and what is installed of it, "" for nothing."""

    wanted: str
    name: str
    installed: str
    fits: bool


def packages(wanted: Iterable[str]) -> tuple[Package, ...]:
    """What is installed of each requirement that is meant for this machine; `requirement_fault` has seen them."""
    meant = (line for line in wanted if (marker := Requirement(line).marker) is None or marker.evaluate())
    return tuple(map(_package, meant))


def requirement_fault(line: str) -> bool:
    """Whether pip would not know what to do with this line."""
    try:
        Requirement(line)
    except InvalidRequirement:
        return True
    return False


def _package(line: str) -> Package:
    requirement = Requirement(line)
    try:
        found = version(requirement.name)
    except PackageNotFoundError:
        return Package(line, requirement.name, "", False)
    return Package(line, requirement.name, found, requirement.specifier.contains(found, prereleases=True))
