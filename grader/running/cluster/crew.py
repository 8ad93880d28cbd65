"""Submissions under way on a Dask cluster: sent as text, counted, tried again elsewhere when a worker is lost."""

from __future__ import annotations

import json
import queue
import time
import uuid
from collections import Counter
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import distributed

from grader.course.catalog import Course
from grader.devices import is_real
from grader.errors import InternalError, UsageError
from grader.records import Result
from grader.running.cluster.station import BROKEN, DIED, DIFFERS
from grader.running.cluster.there import BEGAN, grade_there, rest_there
from grader.running.crew import Ordered, understood
from grader.running.setting import Setting
from grader.storage import to_json

LOST = 3  # workers that one submission may end
PATIENCE = 300.0  # seconds without any worker after which nobody waits for one
ANSWERING = 60.0  # seconds that a result may take to come, once it is there
MOST_BYTES = 256 << 20  # of submissions that are under way at a time
QUEUED = 2  # submissions per worker: one is graded, one waits beside it
GPU = "GPU"  # the resource that a worker with a device declares
AGAIN = "when it is back, run again: it goes on from there"


@dataclass
class At:
    """Where a crew works.

    Attributes:
        name: of the plugin that holds the course.
        versions: that a worker must have.
    """

    address: str
    client: distributed.Client
    name: str
    versions: dict[str, str]


@dataclass
class _Sent:
    """A submission that is under way."""

    number: int
    said: str
    real: bool  # whether it needs a real device
    begun: int = 0  # how often a worker has begun with it
    killed: int = 0  # how often Dask gave it up, workers having died that held it
    died: int = 0  # how often one has said that it could not grade it
    future: Any = None


class DaskCrew:
    """See Crew. Results are idempotent: a submission that was graded twice has one future, and one result."""

    deaths = LOST

    def __init__(self, at: At, setting: Setting, crew: dict[str, Any]) -> None:
        self.at, self.setting, self.crew = at, setting, crew
        self._course = Course(setting.root)
        self._done: queue.SimpleQueue[tuple[str, distributed.Future | None]] = queue.SimpleQueue()
        self._waiting: dict[str, _Sent] = {}
        self._bytes = 0
        self._places, self._looked, self._alone = 0, 0.0, 0.0
        self._faults = Counter[str]()  # by address of a worker; with one that has LOST of them nobody works
        at.client.subscribe_topic(BEGAN, self._began)
        self._look()

    def room(self) -> bool:
        if time.monotonic() - self._looked > 2:
            self._look()
        return len(self._waiting) < max(self._places, 1) * QUEUED and self._bytes < MOST_BYTES

    def submit(self, number: int, ordered: Ordered) -> None:
        submission, order = ordered
        told = {"crew": self.crew, "versions": self.at.versions}
        said = json.dumps({**told, "submission": to_json(submission), "order": to_json(order)})
        real = is_real(self.setting.device_for(self._course.assignment(submission.assignment)))
        self._send(_Sent(number, said, real))

    def result(self) -> tuple[int, Result | None]:
        while True:
            try:
                key, future = self._done.get(timeout=0.5)
            except queue.Empty:
                self._look()
                continue
            sent = self._waiting.pop(key, None)
            if sent is None:  # it is settled
                continue
            self._bytes -= len(sent.said)
            if future is None:
                return sent.number, None
            said = self._said(sent, future)
            if said is not None:
                return sent.number, None if said == DIED else understood(said)

    def forget(self) -> None:
        with suppress(Exception):
            self.at.client.cancel([sent.future for sent in self._waiting.values()])
        self._waiting.clear()
        self._bytes = 0

    def close(self) -> None:
        self.forget()
        with suppress(Exception):
            self.at.client.unsubscribe_topic(BEGAN)
            self.at.client.run(rest_there, self.at.name, self.crew["id"], wait=False)

    def _send(self, sent: _Sent) -> None:
        """Hand it to Dask; not to a worker that only fails."""
        options: dict[str, Any] = {"resources": {GPU: 1}} if sent.real else {}
        if self._shunned() and (others := sorted(self._addresses() - self._shunned())):
            options |= {"workers": others, "allow_other_workers": True}  # where those are lost, who came for them
        key = f"grade-{uuid.uuid4().hex}"
        future = self.at.client.submit(grade_there, self.at.name, key, sent.said, key=key, pure=False, **options)
        sent.future = future
        self._waiting[key] = sent
        self._bytes += len(sent.said)
        future.add_done_callback(lambda done: self._done.put((key, done)))

    def _said(self, sent: _Sent, future: distributed.Future) -> str | None:
        """What became of it; None where it is tried once more. Raises CourseError, InternalError, UsageError."""
        try:
            heard: bytes = future.result(timeout=ANSWERING)
            address, _, said = heard.decode().partition("\n")
        except distributed.KilledWorker:
            sent.killed += 1
            if max(sent.begun, sent.killed) >= LOST:
                return DIED
            self._send(sent)  # it only stood beside one that ends workers
            return None
        except (CancelledError, OSError, TimeoutError) as error:
            raise InternalError(f"{self.at.address}: the connection was lost; {AGAIN}") from error
        except Exception as error:  # Dask could not start it there
            said, address = f"{DIED}{error}", ""
        if said[0] == DIFFERS:
            raise unlike(address, "", said[1:])
        if said[0] in (DIED, BROKEN):
            return self._elsewhere(sent, address, said)
        return said

    def _elsewhere(self, sent: _Sent, address: str, said: str) -> str | None:
        """A worker could not grade it: another one tries, if there is one; what is broken on all is broken."""
        broken = said[0] == BROKEN
        self._faults[address] += LOST if broken else 1
        sent.died += 1
        there = self._addresses()
        if there and there <= self._shunned():
            if broken:
                return said
            raise InternalError(f"{self.at.address}: no worker can grade: {said[1:] or 'its processes die'}")
        if sent.died >= LOST:
            return said if broken else DIED
        self._send(sent)
        return None

    def _shunned(self) -> set[str]:
        return {address for address, faults in self._faults.items() if faults >= LOST}

    def _began(self, event: tuple[float, dict[str, Any]]) -> None:
        """A worker has begun with a submission; with one that has ended so many before, nobody goes on."""
        key = event[1].get("key", "")
        if sent := self._waiting.get(key):
            sent.begun += 1
            if sent.begun > LOST:
                self._done.put((key, None))
                sent.future.cancel()

    def _addresses(self) -> set[str]:
        return set(self.at.client.scheduler_info(n_workers=-1)["workers"])

    def _look(self) -> None:
        """How many workers there are. Raises InternalError when there has been none for long."""
        self._looked = time.monotonic()
        try:
            self._places = len(self._addresses())
        except Exception as error:
            raise InternalError(f"{self.at.address}: the connection was lost; {AGAIN}") from error
        if self._places:
            self._alone = self._looked
        elif self._alone and self._looked - self._alone > PATIENCE:
            raise InternalError(f"{self.at.address}: no worker has been there for {PATIENCE:.0f} s; {AGAIN}")


def unlike(address: str, host: str, said: str) -> UsageError:
    """For a worker whose versions are not those here."""
    where = f"{address} ({host})" if host else address
    return UsageError(f"worker {where} would not grade as this machine does: {said}; install the same there")
