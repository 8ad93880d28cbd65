"""What verdicts may depend on beside the notebook and the suite: versions, the device, the walls."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version

from grader.course.catalog import Course
from grader.course.requirements import Package, packages
from grader.course.settings import settings_of

PACKAGES = ("grader", "torch", "torchvision", "numpy", "ipykernel", "pytest")


def versions(course: Iterable[Package] = ()) -> dict[str, str]:
    """The versions of Python and of the packages that take part, by name; those of the course if they are there."""
    return {"python": sys.version.split()[0], **_own(), **{one.name: one.installed for one in course if one.installed}}


def versions_for(course: Course) -> dict[str, str]:
    """The same, with the packages that a course asks for. Raises FileFaults for a `course.toml` that is wrong."""
    return versions(packages(settings_of(course).requirements))


@cache
def _own() -> dict[str, str]:
    return {name: version(name) for name in PACKAGES}


def environment_hash(versions: dict[str, str], device: str, walls: str) -> str:
    """One word for all of it: a result with another one has to be graded again."""
    known = {**versions, "device": device, "walls": walls}
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:16]
