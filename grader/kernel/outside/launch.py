"""Starting kernels from the trusted side: from the warm host, or each in a process of its own.

Both ways give the same thing, a `Launched`: a socket for questions, and a process that can be interrupted, killed
and asked how it ended. Who opens one closes it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
from pathlib import Path
from typing import Protocol, TypeVar

from grader.errors import KernelHostError
from grader.kernel import wire
from grader.kernel.outside.start import PYTHON, clean_environment, last_line
from grader.sandbox.policy import Level
from grader.sandbox.runqueue import RunQueue, open_schedstat
from grader.sandbox.walls import EXIT_NO_WALLS

START_LIMIT = 120.0  # seconds for a host or a cold kernel to load torch, on a machine that is busy

L = TypeVar("L", bound="Launched")


class Launched(Protocol):
    """A kernel process.

    `exit_code` is None while it runs, negative for the signal that ended it. `strike` kills and does not wait, from any
    thread; `kill` also waits, and closes what was open. `waited` is how many seconds it was ready to run and did not,
    because others had the processor; 0 where the system does not say.
    """

    questions: socket.socket

    def exit_code(self) -> int | None: ...
    def interrupt(self) -> None: ...
    def strike(self) -> None: ...
    def kill(self) -> int: ...
    def waited(self) -> float: ...


class Launcher(Protocol):
    """Starts kernels; `guarded` ones end with NOT_LOADED when they want what their host has not loaded."""

    name: str
    guarded: bool

    def launch(self, request: wire.KernelRequest) -> Launched: ...


class WarmKernel:
    """A fork of the host, held by its lifeline."""

    def __init__(self, questions: socket.socket, lifeline: socket.socket) -> None:
        self.questions, self.lifeline = questions, lifeline
        self._code: int | None = None
        self._clock: RunQueue | None = None

    def hear_of_clock(self) -> None:
        """Take the first word of the host: where it can be read how long the kernel waits for a processor."""
        self.lifeline.settimeout(START_LIMIT)
        with contextlib.suppress(OSError):  # the host is gone: the next word will be missed, too
            _, fds, _, _ = socket.recv_fds(self.lifeline, 1, 1)
            self._clock = RunQueue(fds[0]) if fds else None

    def waited(self) -> float:
        return self._clock.waited() if self._clock else 0.0

    def exit_code(self) -> int | None:
        return self._listen(0.0)

    def interrupt(self) -> None:
        try:
            self.lifeline.send(b"I")
        except OSError:
            self._listen(1.0)

    def strike(self) -> None:
        with contextlib.suppress(OSError):  # ended already
            self.lifeline.shutdown(socket.SHUT_WR)

    def kill(self) -> int:
        """End the kernel and everything it started; returns how it ended."""
        self.strike()
        code = self._listen(10.0)
        self.questions.close()
        self.lifeline.close()
        if self._clock:
            self._clock.close()
        return -signal.SIGKILL if code is None else code

    def _listen(self, seconds: float) -> int | None:
        if self._code is None and self.lifeline.fileno() >= 0:
            self.lifeline.settimeout(seconds)
            try:
                word = self.lifeline.recv(64)
                self._code = int(word) if word else -signal.SIGKILL  # no word: the host died, its kernels too
            except (TimeoutError, BlockingIOError):
                return None
            except (OSError, ValueError):
                self._code = -signal.SIGKILL
        return self._code


class WarmLauncher:
    """Asks a host for kernels; each worker has one. It takes seconds to load torch; requests wait until it has.

    Args:
        control: the host's control socket, or a copy of it.
        log: where the host writes what goes wrong.
        guarded: the host has not loaded everything, see grader.kernel.modules.
    """

    name = "warm"

    def __init__(self, control: socket.socket, log: Path, guarded: bool = False) -> None:
        self.control, self.log, self.guarded = control, log, guarded

    def launch(self, request: wire.KernelRequest) -> WarmKernel:
        """Fork a kernel and wait until it is ready. Raises KernelHostError when the host is gone."""
        questions, theirs = socket.socketpair()
        lifeline, held = socket.socketpair()
        try:
            socket.send_fds(self.control, [request.to_bytes()], [theirs.fileno(), held.fileno()])
        except OSError as error:
            raise KernelHostError(f"the kernel host is gone: {last_line(self.log)}") from error
        finally:
            theirs.close()
            held.close()
        kernel = WarmKernel(questions, lifeline)
        kernel.hear_of_clock()
        return await_ready(kernel, request, self.log)


class ColdKernel:
    """A kernel in a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes], questions: socket.socket) -> None:
        self.process, self.questions = process, questions
        clock = open_schedstat(process.pid)  # behind walls this is its parent's, which waits for nothing
        self._clock = RunQueue(clock) if clock is not None else None

    def waited(self) -> float:
        return self._clock.waited() if self._clock else 0.0

    def exit_code(self) -> int | None:
        return self.process.poll()

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def strike(self) -> None:
        if self.process.poll() is None:
            for kill in (os.killpg, os.kill):
                with contextlib.suppress(ProcessLookupError):
                    kill(self.process.pid, signal.SIGKILL)

    def kill(self) -> int:
        self.strike()
        self.questions.close()
        if self._clock:
            self._clock.close()
        return self.process.wait()


class ColdLauncher:
    """Starts each kernel in a fresh process: seconds slower, the same grades."""

    name = "cold"
    guarded = False

    def __init__(self, walls: Level) -> None:
        self.walls = walls

    def launch(self, request: wire.KernelRequest) -> ColdKernel:
        """Start a kernel and wait until it is ready."""
        questions, theirs = socket.socketpair()
        command = [*PYTHON, "grader.kernel.inside.host", self.walls.word, str(theirs.fileno()), str(os.getpid())]
        process = subprocess.Popen(
            command,
            env=clean_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        wire.send(questions, {}, request.to_bytes())
        return await_ready(ColdKernel(process, questions), request)


def await_ready(kernel: L, request: wire.KernelRequest, log: Path | None = None) -> L:
    """Wait for the kernel's first frame. Raises KernelHostError with the last line that was written about it."""
    try:
        header, _ = wire.receive(kernel.questions, wire.within(START_LIMIT))
        if header == {"ready": True}:
            return kernel
        said = f"it said {header!r:.100}"
    except (OSError, EOFError, wire.BrokenFrame) as error:
        said = repr(error)
    code = kernel.kill()
    reason = last_line(Path(request.stderr)) or (last_line(log) if log else "") or "no output"
    if code == EXIT_NO_WALLS:
        raise KernelHostError(f"the walls around the kernel do not hold: {reason}")
    raise KernelHostError(f"a kernel did not start ({said}, exit code {code}): {reason}")
