"""A grading worker with its kernel host, beside a process that talks to a cluster: that has threads, and forks nobody.

python -P -s -B -m grader.running.cluster.station    print what this machine is, as JSON, see `Facts`
"""

from __future__ import annotations

import json
import queue
import socket
import subprocess
import threading
import uuid
from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from grader.course.catalog import Course, hash_files
from grader.course.requirements import packages
from grader.course.settings import settings_of
from grader.devices import real_devices
from grader.errors import GraderError
from grader.grading.environment import versions
from grader.kernel.outside.start import PYTHON, end_unused, start_early
from grader.running.cluster.parcel import unpack
from grader.running.pool import OWN, remove_leftovers
from grader.running.setting import KERNELS, Kernels, Setting
from grader.running.team import Team
from grader.sandbox.levels import probe
from grader.storage import from_json, to_json

IDLE = 600.0  # seconds without work after which the processes end; the next submission starts others
DIED, DIFFERS = "?", "~"  # how begins what a station says beside what a worker says: no result; other versions
BROKEN = "-"  # how a worker says that the course is broken


@dataclass(frozen=True, slots=True)
class Facts:
    """What a machine is, as far as grades may depend on it or an administrator asks for it.

    Attributes:
        walls: the strongest level of the sandbox, in a word.
        mechanisms: what makes it, a line each, with a remedy where it does not work.
        cards: the names of CUDA devices.
    """

    host: str
    versions: dict[str, str]
    walls: str
    mechanisms: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()


def versions_here(requirements: Iterable[str] = ()) -> dict[str, str]:
    """What must be the same wherever a class is graded, by name.

    Args:
        requirements: of the course.
    """
    known = versions(packages(requirements))
    return {**known, "grader": f"{known['grader']} ({hash_files(OWN, [OWN])})", "distributed": version("distributed")}


def differences(there: dict[str, str], here: dict[str, str]) -> str:
    """Where two machines are not the same, both named; nothing where they are."""
    names = [name for name in sorted({*there, *here}) if there.get(name) != here.get(name)]
    return ", ".join(f"{name} {there.get(name, 'none')} there and {here.get(name, 'none')} here" for name in names)


def facts() -> Facts:
    """Those of this machine. Walls are tried in forks, so this is for a process without threads."""
    report = probe()
    lines = tuple(
        f"{'✓' if one.works else '✗'} {one.name}: {one.detail}" + (f". {one.remedy}" if one.remedy else "")
        for one in report.mechanisms
    )
    return Facts(socket.gethostname(), versions_here(), report.level.word, lines, tuple(real_devices()))


def facts_elsewhere() -> str:
    """The same as JSON, found by a process of its own. Raises OSError, ValueError."""
    asked = subprocess.run([*PYTHON, "grader.running.cluster.station"], capture_output=True, text=True, timeout=120)
    if asked.returncode:
        raise ValueError(asked.stderr.strip().splitlines()[-1] if asked.stderr.strip() else "it ended without a word")
    return asked.stdout


class Station:
    """Grades one submission at a time; whoever comes meanwhile waits.

    All is done by one thread that lives as long as the station: what it starts ends with it.

    Args:
        parcel: the course, see grader.running.cluster.parcel; unpacked below `folder`.
    """

    def __init__(self, parcel: bytes, folder: Path, idle: float = IDLE) -> None:
        self.course = Course(unpack(parcel, folder))
        self.versions = versions_here(settings_of(self.course).requirements)
        self.idle = idle
        self._team: Team | None = None
        self._told = ""  # for what the team was hired
        self._orders: queue.SimpleQueue[tuple[dict[str, Any], Future[str]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="grader", daemon=True)
        remove_leftovers()
        self._thread.start()

    def answer(self, told: str) -> str:
        """What the worker says to an order of grader.running.cluster.

        `?` when there is no result, and why, if more than that it died; `~` and the versions that are not the same.
        """
        answer: Future[str] = Future()
        self._orders.put((json.loads(told), answer))
        return answer.result()

    def rest(self, crew: str) -> None:
        """End the processes of a crew, by its id, unless another one has come since; what is under way is finished."""
        self.answer(json.dumps({"rest": crew}))

    def close(self) -> None:
        """End what was started. What is under way is lost."""
        self._orders.put(None)
        self._thread.join(10)

    def _serve(self) -> None:
        if KERNELS is Kernels.WARM:
            start_early()  # the first submission finds PyTorch loaded
        while True:
            try:
                asked = self._orders.get(timeout=self.idle)
            except queue.Empty:
                self._rest()
                continue
            if asked is None:
                return self._rest()
            told, answer = asked
            try:
                answer.set_result(self._answer(told))
            except GraderError as error:  # no worker can be had
                self._rest()
                answer.set_result(f"{DIED}{error}")
            except Exception as error:
                self._rest()
                answer.set_result(f"{DIED}{error!r}")

    def _answer(self, told: dict[str, Any]) -> str:
        if "rest" in told:
            if told["rest"] == self._told:
                self._rest()
            return ""
        if unlike := differences(self.versions, told["versions"]):
            return DIFFERS + unlike
        self._hire(told["crew"])
        assert self._team is not None
        self._team.send(0, told["submission"], told["order"])
        said = self._team.said()[1]
        return DIED if said is None else said

    def _hire(self, crew: dict[str, Any]) -> None:
        """A team for this crew of the coordinator's; another crew finds other processes."""
        if self._told != crew["id"]:
            if self._team is not None:
                self._rest()
            setting = replace(from_json(Setting, crew["setting"]), root=self.course.root)
            self._team, self._told = Team(setting, crew["parts"], crew["hashes"]), crew["id"]

    def _rest(self) -> None:
        end_unused()
        team, self._team, self._told = self._team, None, ""
        if team is not None:
            with suppress(OSError):
                team.close()


def new_crew(setting: Setting, parts: Iterable[str], hashes: dict[str, str]) -> dict[str, Any]:
    """What a station hears of a crew."""
    return {"id": uuid.uuid4().hex, "setting": to_json(setting), "parts": sorted(parts), "hashes": hashes}


if __name__ == "__main__":
    print(to_json(facts()))
