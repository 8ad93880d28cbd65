"""A connection to a Dask cluster, and what is to be known of its workers before a class is graded there."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import dask
import distributed
from distributed.comm import connect as open_comm
from distributed.security import Security

from grader.course.catalog import Course
from grader.course.settings import settings_of
from grader.devices import CUDA, SIMULATED, Device, nodes
from grader.errors import UsageError
from grader.running.cluster.crew import GPU, LOST, At, DaskCrew, unlike
from grader.running.cluster.parcel import parcel_of
from grader.running.cluster.station import Facts, differences, new_crew, versions_here
from grader.running.cluster.there import Stationed, facts_there
from grader.running.setting import Setting
from grader.sandbox.policy import Level
from grader.storage import from_json

LOCAL = "local"  # a cluster on this machine, for trying it
STARTING = 60.0  # seconds that the first worker may take
ANSWER = 20.0  # seconds that a scheduler may take


@dataclass
class Cluster:
    """A connection to a cluster, and what a class needs there; see `connect`.

    Attributes:
        facts: by address of a worker, of all that were there at first.
        gpus: the addresses of workers that declare the resource GPU.
    """

    address: str
    client: distributed.Client
    facts: dict[str, Facts]
    gpus: frozenset[str]
    at: At | None = None  # once it has the course

    def bring(self, course: Course) -> None:
        """Give each worker the course. Raises UsageError where a worker is not like this machine."""
        here = versions_here()
        for address, there in self.facts.items():
            if said := differences(there.versions, here):
                raise unlike(address, there.host, said)
        plugin = Stationed(parcel_of(course))
        try:
            self.client.register_plugin(plugin)
        except Exception as error:
            raise UsageError(f"{self.address}: a worker cannot take the course: {error}") from error
        self.at = At(self.address, self.client, plugin.name, versions_here(settings_of(course).requirements))

    def walls(self) -> Level:
        """The walls that all workers raise. Raises UsageError where they are not the same."""
        words = {there.walls: there.host for there in self.facts.values()}
        if len(words) > 1:
            said = ", ".join(f"{word} on {host}" for word, host in sorted(words.items()))
            raise UsageError(f"{self.address}: workers have different walls: {said}; choose with --walls")
        return Level[next(iter(words)).upper()]

    def device(self, wanted: Device) -> str:
        """What `--device` means there, see grader.devices.choose. Raises UsageError when it cannot be had."""
        names = {card for address in self.gpus for card in self.facts[address].cards[:1]}
        if wanted is Device.SIMULATED or not (names or wanted is Device.CUDA):
            return SIMULATED
        if not names:
            raise UsageError(f"--device cuda: no worker at {self.address} declares {GPU} and has a CUDA device")
        if len(names) > 1:
            raise UsageError(f"{self.address}: workers have different devices: {', '.join(sorted(names))}")
        return f"{CUDA} ({names.pop()})"

    def hire(
        self, setting: Setting, parts: frozenset[str], hashes: Mapping[str, str], workers: int, many: bool
    ) -> DaskCrew:
        """A crew for `grader.running.pool.Pool`, of all workers that are there, or come."""
        assert self.at is not None, "bring the course first"
        return DaskCrew(self.at, setting, new_crew(setting, parts, dict(hashes)))

    @property
    def workers(self) -> int:
        """How many there are by now."""
        return len(self.client.scheduler_info(n_workers=-1)["workers"])


@contextmanager
def connect(address: str, workers: int) -> Iterator[Cluster]:
    """A cluster, while it is used.

    Args:
        address: a scheduler's, as tcp://host:8786 or tls://host:8786; or "local".
        workers: how many there are at a local one.

    Raises UsageError when nobody answers there.
    """
    _hush()
    own = _local(workers) if address == LOCAL else None
    try:
        client = _client(address, own)
        try:
            yield _met(address, client)
        finally:
            with suppress(Exception):
                client.close(timeout=5)
    finally:
        if own is not None:
            own.close(timeout=10)


def _hush() -> None:
    """What matters is said by us, in a line."""
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).handlers[:] = [logging.NullHandler()]


def _local(workers: int) -> distributed.LocalCluster:
    """Workers on this machine. Nobody else on it may talk to them; Ctrl-C is for the coordinator."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with dask.config.set(
            {
                "distributed.scheduler.allowed-failures": LOST - 1,
                "distributed.worker.profile.enabled": False,  # it would see workers wait, a hundred times a second
            }
        ):
            return distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                security=True,
                dashboard_address=None,
                memory_limit=0,
                resources={GPU: 1} if nodes() else None,
                silence_logs=logging.CRITICAL,
            )
    finally:
        signal.signal(signal.SIGINT, before)


def _client(address: str, own: distributed.LocalCluster | None) -> distributed.Client:
    try:
        if own is None:  # a client that finds nobody says so at length
            asyncio.run(_knock(address))
        return distributed.Client(own or address, timeout=ANSWER, set_as_default=False, name="grader")
    except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as error:
        last = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
        raise UsageError(f"--dask {address}: no scheduler answers there ({last}); is `dask scheduler` up?") from error


async def _knock(address: str) -> None:
    """Raises OSError, or TypeError where certificates are missing, when nobody opens."""
    comm = await open_comm(address, timeout=ANSWER, **Security().get_connection_args("client"))
    await comm.close()


def _met(address: str, client: distributed.Client) -> Cluster:
    try:
        client.wait_for_workers(1, timeout=STARTING)
    except TimeoutError as error:
        start = f"dask worker {address} --nthreads 1"
        raise UsageError(f"--dask {address}: no worker has come in {STARTING:.0f} s; start one: {start}") from error
    try:
        found = {worker: from_json(Facts, text) for worker, text in client.run(facts_there).items()}
    except Exception as error:
        wanted = f"{sys.executable} -m pip install 'grader[dask]'"
        raise UsageError(f"--dask {address}: a worker has no grader like this one: {error}; there: {wanted}") from error
    infos = client.scheduler_info(n_workers=-1)["workers"]
    gpus = frozenset(worker for worker in found if infos.get(worker, {}).get("resources", {}).get(GPU))
    return Cluster(address, client, found, gpus)
