"""What runs in a Dask worker: it starts a station, and hands on what it is told."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import distributed
from distributed.diagnostics.plugin import WorkerPlugin

from grader.running.cluster.parcel import name_of
from grader.running.cluster.station import DIED, Station, facts_elsewhere

BEGAN = "grader-began"  # the topic under which workers say what they have begun


class Stationed(WorkerPlugin):
    """Starts a station beside each Dask worker, and ends it. It carries the course: each worker hears it once."""

    idempotent = True  # a worker that has this course keeps it

    def __init__(self, parcel: bytes) -> None:
        self.parcel = parcel
        self.name = f"grader-{name_of(parcel)}"

    def setup(self, worker: Any) -> None:
        self.station = Station(self.parcel, Path(worker.local_directory))

    def teardown(self, worker: Any) -> None:
        self.station.close()


def grade_there(name: str, key: str, told: str) -> bytes:
    """On a worker: its address, and what its station says."""
    worker = distributed.get_worker()
    worker.log_event(BEGAN, {"key": key, "pid": os.getpid()})
    try:
        said = worker.plugins[name].station.answer(told)
    except Exception as error:  # its plugin could not be set up; text always arrives, not every exception does
        said = f"{DIED}{error!r}"
    return f"{worker.address}\n{said}".encode("utf-8", "replace")


async def facts_there() -> str:
    return await asyncio.to_thread(facts_elsewhere)


async def rest_there(name: str, crew: str, dask_worker: Any = None) -> None:
    """On a worker: a crew has nothing to do any more."""
    if plugin := dask_worker.plugins.get(name):
        await asyncio.to_thread(plugin.station.rest, crew)
