"""A cluster of Slurm jobs for `grader run --dask`; ends them when it is ended.

    python slurm.py FOLDER [--jobs 10] [--cores 8] [--hours 2] [--port 8786] [--queue NAME]

FOLDER was made by certificates.sh and is seen by all nodes, as is the grader's environment, and nothing else: the
course and the submissions travel. Needs dask-jobqueue. Then, on this machine: `. FOLDER/tls.env`, and what it prints.
"""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

import dask
from dask_jobqueue import SLURMCluster
from distributed.security import Security

MEMORY = "1.5GB"  # per core: a worker with its kernel host and one submission, as `grader doctor --benchmark` says


def cluster(folder: Path, *, cores: int, hours: float, port: int, queue: str | None = None) -> SLURMCluster:
    """A cluster without a job yet: each job is a node's share of `cores` workers, one submission each."""
    dask.config.set({"distributed.scheduler.allowed-failures": 2})  # three lost workers are enough
    key, cert = str(folder / "key.pem"), str(folder / "cert.pem")
    ends = {f"tls_{role}_{what}": path for role in ("client", "scheduler", "worker")
            for what, path in (("key", key), ("cert", cert))}  # fmt: skip
    return SLURMCluster(
        cores=cores,
        processes=cores,
        memory=f"{float(MEMORY.removesuffix('GB')) * cores:g}GB",
        walltime=f"{int(hours):02}:{int(hours % 1 * 60):02}:00",
        queue=queue,
        protocol="tls",
        security=Security(tls_ca_file=cert, require_encryption=True, **ends),
        job_script_prologue=["export DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED=false"],  # it would see workers wait
        shared_temp_directory=str(folder),
        scheduler_options={"port": port, "dashboard_address": None},
        worker_extra_args=["--memory-limit", "0", "--no-dashboard"],
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    for name, value in (("jobs", 10), ("cores", 8), ("port", 8786)):
        asked.add_argument(f"--{name}", type=int, default=value)
    asked.add_argument("--hours", type=float, default=2.0)
    asked.add_argument("--queue")
    told = asked.parse_args()
    with cluster(told.folder, cores=told.cores, hours=told.hours, port=told.port, queue=told.queue) as made:
        made.scale(jobs=told.jobs)
        print(f"grader run submissions --dask {made.scheduler_address}", flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
