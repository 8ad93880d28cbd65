"""The flow of one submission, and the one place that knows its order."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from grader import devices
from grader.grading.again import ran_before, replay_of
from grader.grading.causes import causes, why_missing, with_causes
from grader.grading.environment import environment_hash
from grader.grading.execution import execute
from grader.grading.needed import Given, left_out
from grader.judge.suite import Suite, judge, with_reference
from grader.kernel.outside.channel import KernelChannel
from grader.kernel.outside.heard import Replay
from grader.kernel.outside.launch import Launcher
from grader.kernel.outside.session import Session
from grader.records import Check, Evidence, Execution, Result, Status, Submission
from grader.sandbox.levels import interpreter_paths
from grader.sandbox.policy import Level, Policy, Resources, default_environment


@dataclass(frozen=True)
class Bench:
    """What stays the same between submissions of one assignment.

    Args:
        walls: the sandbox level that stands around the kernels.
        device: what code for CUDA finds, see grader.devices.
        questions: which are asked; none means all.
        kept: checks of other questions that were judged before, and stand; `kept_deaths`: the kernels that they cost.
        heard: what a kernel answered before, by question; `ran`: what the notebook did then.
        given: what was handed out, where cells may be left out that nothing rests on.
        card: the number of the real device that is leased to this submission.
        slot: which of the user ids for submissions is this worker's, where the grader runs as root.
    """

    suite: Suite
    launcher: Launcher
    versions: dict[str, str]
    device: str
    walls: Level
    seed: int
    slot: int = 0
    card: int = 0
    questions: tuple[str, ...] = ()
    kept: tuple[Check, ...] = ()
    kept_deaths: tuple[str, ...] = ()
    heard: Mapping[str, str] = field(default_factory=dict)
    ran: Execution | None = None
    given: Given | None = None


def grade(submission: Submission, bench: Bench, scratch: Path) -> Result:
    """Run a submission in a kernel, ask the suite's questions, and say how it went.

    Args:
        scratch: an empty folder of this submission's own, with a short path; the caller removes it.

    Raises InternalError when no kernel can be had. Whatever the notebook does becomes part of the Result.
    """
    started = time.monotonic()
    with devices.on(bench.device):
        suite = with_reference(bench.suite)  # before the first line of a student's, which could change it
        if judged := judged_again(submission, bench, suite):
            return judged
        with executed(submission, bench, scratch) as (execution, channel):
            checks = judge(suite, channel, bench.seed, bench.questions, channel.recorder.turn)
            session = channel.session
    deaths = (*channel.deaths, *bench.kept_deaths)  # a question may have killed a kernel, too
    execution = replace(execution, deaths=deaths, hurried=session.hurried)
    result = _result(submission, bench, execution, checks, time.monotonic() - started, session.started)
    return replace(result, heard=channel.recorder.kept())


def judged_again(submission: Submission, bench: Bench, suite: Suite) -> Result | None:
    """The verdicts on what a kernel answered before; None where only one can tell. Nothing of a student's runs.

    Args:
        suite: the bench's, with its reference.
    """
    started = time.monotonic()
    asked = set(bench.questions or [question.id for question in suite.assignment.coded])
    if bench.ran is None or not asked.issubset(bench.heard):
        return None
    ran, names = ran_before(bench.ran), list[str]()

    def why(name: str) -> str:
        names.append(name)
        return why_missing(name, submission, ran)

    replay = Replay({id: bench.heard[id] for id in asked}, why)
    checks = judge(suite, replay, bench.seed, bench.questions)
    if replay.missed or any(check.status is Status.UNJUDGED for check in checks):
        return None
    result = _result(submission, bench, ran, checks, time.monotonic() - started)
    return replace(result, alone=bool(names))


def _result(
    submission: Submission,
    bench: Bench,
    execution: Execution,
    checks: Sequence[Check],
    seconds: float,
    kernels: int = 0,
) -> Result:
    checks = together(with_causes(checks, submission, execution), bench)
    execution = replace(execution, notes=(*causes(checks, submission, execution), *execution.notes))
    said = replace(evidence(submission, bench, seconds), kernels=kernels)
    return Result(replace(submission, files=()), execution, checks, said)


def together(checks: Sequence[Check], bench: Bench) -> tuple[Check, ...]:
    """What was judged now and what stands, in the suite's order."""
    places = {planned.question: place for place, planned in enumerate(bench.suite.planned)}
    return tuple(sorted([*checks, *bench.kept], key=lambda check: places.get(check.question, len(places))))


@contextmanager
def executed(submission: Submission, bench: Bench, scratch: Path) -> Iterator[tuple[Execution, KernelChannel]]:
    """What a notebook did in a kernel, and the way to ask that kernel, which lives as long as the block."""
    limits = bench.suite.assignment.limits
    session = Session(bench.launcher, limits, policy(bench, scratch), bench.seed, bench.device, submission.files)
    try:
        session.start()
        execution = execute(submission, session, left_out(submission.cells, bench.given))
        yield execution, KernelChannel(session, lambda name: why_missing(name, submission, execution, session.left_out))
    finally:
        session.close()


def policy(bench: Bench, scratch: Path) -> Policy:
    """The walls of a kernel: it reads Python and the assignment's data, and writes to its own folder."""
    readable, optional = interpreter_paths()
    real = devices.is_real(bench.device)
    work, data = scratch / "work", bench.suite.home / "data"
    return Policy(
        scratch=scratch,
        work=work,
        environment={
            **default_environment(work),
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "CUDA_VISIBLE_DEVICES": str(bench.card) if real else "",
        },
        readable=(*readable, *([data] if data.is_dir() else [])),
        devices=devices.nodes() if real else (),
        optional=optional,
        links={"data": data} if data.is_dir() else {},
        forbidden=(bench.suite.folder,),
        slot=bench.slot,
        resources=Resources(memory=bench.suite.assignment.limits.memory_mb << 20),
    )


def evidence(submission: Submission, bench: Bench, seconds: float) -> Evidence:
    """What one must know to obtain the same verdict again."""
    return Evidence(
        suite=bench.suite.sha,
        environment=environment_hash(bench.versions, bench.device, bench.walls.word),
        versions=bench.versions,
        device=devices.shown(bench.device),
        walls=bench.walls.word,
        seed=bench.seed,
        seconds=round(seconds, 4),
        day=f"{datetime.now(UTC):%Y-%m-%d}",
        replay=replay_of(submission, bench.seed),
    )
