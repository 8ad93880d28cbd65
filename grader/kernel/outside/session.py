"""One submission's kernel on the trusted side: it runs cells, answers questions, and is restarted when it dies.

Cells are run by nbclient. What the kernel says of them is display data. Questions go over a socket of their own,
one at a time, each with a fresh id that the answer must repeat.
"""

from __future__ import annotations

import asyncio
import secrets
import signal
import time
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from queue import Empty
from typing import Any, TypeVar

import zmq
from nbclient.exceptions import DeadKernelError

from grader.asking.messages import Query, Reply
from grader.devices import CPU
from grader.errors import CodecError, KernelDied, KernelHostError, LimitExceeded, ProtocolViolation
from grader.kernel import wire
from grader.kernel.modules import NOT_LOADED
from grader.kernel.outside.launch import Launched, Launcher
from grader.kernel.outside.messages import NotAMessage
from grader.kernel.outside.patience import Patience
from grader.kernel.outside.provisioner import SubmissionKernelManager
from grader.kernel.outside.runner import Runner
from grader.kernel.outside.watch import Watch
from grader.kernel.questions import read_reply, send_query
from grader.records import Cell, CellRun, CellStatus, Limits, OwnFile, Trace
from grader.sandbox.policy import Policy
from grader.sandbox.runqueue import RunQueue
from grader.sandbox.scratch import renew_scratch

GRACE = 2.0  # seconds between an interrupt and the kill
PATIENCE = 60  # half seconds
MAX_RESTARTS = 20
MAX_MESSAGES = 16  # that wait to be read; their size is bounded, too, so that no kernel fills our memory
NO_KERNEL = "The kernel was ended because it sent messages that no kernel sends."

T = TypeVar("T")


class Session:
    """A live kernel for one submission.

    Args:
        launcher: where kernels come from.
        limits: of the assignment.
        policy: the walls around the kernel. Its sockets and its log lie in `policy.scratch`.
        seed: of every random number generator at the start.
        device: what code for CUDA finds, see grader.devices.
        files: what was handed in beside the notebook; each kernel starts with copies.
    """

    def __init__(
        self,
        launcher: Launcher,
        limits: Limits,
        policy: Policy,
        seed: int = 0,
        device: str = CPU,
        files: Sequence[OwnFile] = (),
    ) -> None:
        self.files = files
        self.launcher, self.limits, self.folder = launcher, limits, policy.scratch
        stderr, output_cap = str(self.folder / "stderr"), limits.output_kb << 10
        self.request = wire.KernelRequest(policy.plain(), stderr, output_cap, seed, device, {}, bool(files))
        self.deaths: list[str] = []
        self.kept: list[Cell] = []  # what a new kernel must run to get where this one is
        self.counts: dict[int, int] = {}  # execution count in this kernel -> cell number
        self.spent = 0.0  # seconds of cells, replays included
        self.loop = asyncio.new_event_loop()
        self.manager: SubmissionKernelManager | None = None
        self.runner: Runner | None = None
        self.watch: Watch | None = None
        self.disk = policy.resources.disk
        self.asking = False
        self.hurried = False  # a limit was met while others had the processor
        self._own, self._dead = RunQueue.of_this_thread(), 0.0

    # ---- time

    def waited(self) -> float:
        """Seconds that the kernels of this session have waited for a processor."""
        return self._dead + (self._kernel.waited() if self.manager and self.manager.launched else 0.0)

    def now(self) -> float:
        """Seconds that have passed, without those that a kernel, or we, waited for a processor."""
        return time.monotonic() - self.waited() - (self._own.waited() if self._own else 0.0)

    # ---- life and death

    def start(self) -> None:
        """Start a kernel. Raises KernelHostError when that is impossible."""
        renew_scratch(self.folder)
        self._do(self._start())

    def close(self) -> None:
        """End the kernel, if one lives, and the event loop."""
        if self.manager is not None:
            self._end()
        if self._own:
            self._own.close()
        self.loop.close()

    def _do(self, steps: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(steps)

    async def _start(self) -> None:
        self.manager = SubmissionKernelManager(self.launcher, self.request, self.folder)
        self.manager.context.setsockopt(zmq.MAXMSGSIZE, 2 * wire.MAX_OUTPUT)
        self.manager.context.setsockopt(zmq.RCVHWM, MAX_MESSAGES)
        await self.manager.start_kernel()
        if self.files:
            self._lay_out()
        self.runner = Runner(self.manager, self.limits.output_kb << 10)
        client = self.runner.kc = self.manager.client()
        client.allow_stdin = False
        client.start_channels(stdin=False, hb=False, control=False)
        self.watch = Watch(self.folder, self.disk, self._kernel.strike)
        await self._hear()
        self.counts, self.asking = {}, False

    def _lay_out(self) -> None:
        """Send what lies beside the notebook to a kernel that has just started."""
        contents = [file.data for file in self.files]
        listed = [[file.name, len(data)] for file, data in zip(self.files, contents, strict=True)]
        wire.send(self._kernel.questions, {"files": listed}, b"".join(contents))

    async def _hear(self) -> None:
        """Wait for a first word of the kernel: from then on nothing that it says is lost.

        It greets whoever subscribes. While it is saying something else it may miss that, so it is asked now and then.
        """
        assert self.runner is not None and self.runner.kc is not None
        client = self.runner.kc
        for _ in range(PATIENCE):
            try:
                await client.iopub_channel.get_msg(timeout=0.5)
                return
            except Empty:
                client.shell_channel.send(client.session.msg("kernel_info_request", {}))
            if (code := self._kernel.exit_code()) is not None:
                raise KernelHostError(f"a kernel ended as soon as it had started. {how_it_ended(code)}")
        raise KernelHostError("a kernel has started and is not heard")

    def _end(self) -> str:
        """Kill the kernel; returns how it ended, in a sentence.

        Raises KernelHostError if its host was the wrong one for it.
        """
        assert self.manager is not None
        if self.runner is not None and self.runner.kc is not None:
            self.runner.kc.stop_channels()
        self._dead = self.waited()
        launched, watch = self.manager.launched, self.watch
        self.manager.context.destroy(linger=0)
        self.manager = self.runner = self.watch = None
        if watch is not None:
            watch.close()
        code = launched.kill() if launched else 0
        if code == NOT_LOADED and self.launcher.guarded:
            raise KernelHostError("a kernel needs modules that its host has not loaded")
        return self._too_much() if watch is not None and watch.exceeded else how_it_ended(code)

    def _too_much(self) -> str:
        return f"The kernel was ended because more than {self.disk >> 20} MB of files had been written."

    @property
    def _kernel(self) -> Launched:
        """The process of the kernel that lives now."""
        launched = self.manager.launched if self.manager else None
        assert launched is not None
        return launched

    def ready(self) -> None:
        """Begin a turn, a cell or a check: there is a kernel. One that went on writing after its last turn is replaced.

        Raises KernelDied when it cannot be.
        """
        if self.watch is not None and self.watch.begin_turn():
            self.deaths.append(self._end())
        if self.manager is None:
            self._revive()

    def settle(self) -> None:
        """End a check. Raises KernelDied when too much has been written in it."""
        if self.watch is not None and self.watch.end_turn():
            self.deaths.append(self._end())
            raise KernelDied(self.deaths[-1])

    def _revive(self) -> None:
        """A new kernel in the place of a dead one, brought to where that one was."""
        if len(self.deaths) > MAX_RESTARTS or self.spent > self.limits.submission:
            raise KernelDied(f"The kernel is not started again: {self.deaths[-1]}")
        try:
            renew_scratch(self.folder)  # of sockets, log and work of the dead one, or of what it put in their places
        except OSError as error:
            said = f"The notebook has spoiled its folder, so no new kernel can start ({error.strerror})."
            raise KernelDied(said) from error
        self._do(self._start())
        for cell in self.kept:
            run = self._do(self._run(cell))
            if run.status in (CellStatus.DIED, CellStatus.STOPPED):  # it did not, the first time
                raise KernelDied("The kernel could not be brought back: a cell that had run ended it this time.")

    # ---- cells

    def run(self, cell: Cell) -> CellRun:
        """Run one cell, however it ends; afterwards a kernel is there for the next one."""
        try:
            self.ready()
        except KernelDied as error:
            return CellRun(cell.number, CellStatus.SKIPPED, 0.0, note=str(error))
        run = self._do(self._run(cell))
        if run.status in (CellStatus.RAN, CellStatus.RAISED):
            self.kept.append(cell)
        return run

    async def _run(self, cell: Cell) -> CellRun:
        assert self.runner is not None and self.watch is not None
        started = self.now()
        task = asyncio.ensure_future(self.runner.run(cell.source))
        limit = min(self.limits.cell, max(self.limits.submission - self.spent, 1.0))
        stopped = not await self._done(task, limit)
        if stopped:
            self._kernel.interrupt()
            if not await self._done(task, GRACE):
                self._kernel.kill()
        why = ""
        try:
            run = await task
        except DeadKernelError:
            run = CellRun(cell.number, CellStatus.DIED, 0.0)
        except NotAMessage:
            run, why = CellRun(cell.number, CellStatus.DIED, 0.0), NO_KERNEL
        if self.watch.end_turn():
            run, stopped, why = replace(run, status=CellStatus.DIED), False, self._too_much()
        self.counts[self.runner.count] = cell.number
        seconds = self.now() - started
        self.spent += seconds
        if stopped and limit < self.limits.cell:  # at the end of the notebook's time, whatever a clock says of the rest
            self.spent = max(self.spent, self.limits.submission)
        run = replace(run, number=cell.number, seconds=seconds, trace=self._numbered(run.trace) if run.trace else None)
        return self._bury(run, stopped, limit, why)

    async def _done(self, task: asyncio.Future[CellRun], seconds: float) -> bool:
        """Whether it ends within some seconds of the kernel's own."""
        patience = Patience(seconds, self.waited)
        while not task.done() and (left := patience.left()) > 0:
            await asyncio.wait({task}, timeout=max(left, 0.001))
        if not task.done():
            self.hurried = self.hurried or patience.was_busy
        return task.done()

    def _bury(self, run: CellRun, stopped: bool, limit: float, why: str) -> CellRun:
        """Say what became of a cell that was stopped or that ended its kernel."""
        if run.status is not CellStatus.DIED:
            if not stopped:
                return run
            return replace(run, status=CellStatus.STOPPED, note=f"Stopped after {limit:g} s, its limit.")
        ended = self._end()
        how = why or ended
        if stopped:
            how = f"Cell {run.number} did not stop when it was interrupted after {limit:g} s, so its kernel was killed."
        self.deaths.append(how)
        return replace(run, status=CellStatus.STOPPED if stopped else CellStatus.DIED, note=how)

    def _numbered(self, trace: Trace) -> Trace:
        """The trace with notebook cell numbers in the place of the kernel's execution counts."""
        return replace(trace, frames=tuple(replace(f, cell=self.counts.get(f.cell, 0)) for f in trace.frames))

    # ---- questions

    def ask(self, query: Query, seconds: float = 10.0) -> Reply:
        """Ask one question; the answer is checked to be an answer to it, nothing more.

        Raises LimitExceeded, KernelDied or ProtocolViolation, and after any of them the next question may be asked,
        to a new kernel if need be; MalformedValue for an answer that is no value, and CodecError for a question that
        is too large to be sent.
        """
        if self.manager is None:
            self._revive()
        if not self.asking:
            self._hand_over()
        sock, id = self._kernel.questions, secrets.token_hex(8)
        patience = Patience(seconds, self.waited)
        try:
            self._put(sock, id, query, seconds)
            header, body = self._answer(sock, id, patience.left)
        except TimeoutError:
            self.hurried = self.hurried or patience.was_busy
            raise self._interrupt(sock, id, seconds) from None
        except (OSError, EOFError):
            raise self._died() from None
        except wire.BrokenFrame as error:
            self._end()
            self.deaths.append("The kernel was ended because it broke the protocol of questions and answers.")
            raise ProtocolViolation(f"The kernel's answer was no answer: {error}") from None
        reply = read_reply(header, body)
        if reply.error is None:
            return reply
        return replace(reply, error=replace(reply.error, trace=self._numbered(reply.error.trace)))

    @staticmethod
    def _put(sock: Any, id: str, query: Query, seconds: float) -> None:
        sock.settimeout(seconds)
        try:
            send_query(sock, id, query)
        except wire.BrokenFrame as error:  # nothing of it was sent
            raise CodecError(f"a suite asks more than fits into a message: {error}") from error

    def _hand_over(self) -> None:
        """Give the kernel's main thread to the responder; from here on no cell runs in it."""
        assert self.runner is not None and self.runner.kc is not None
        client = self.runner.kc
        client.shell_channel.send(client.session.msg(wire.QUESTIONS, {}))
        client.iopub_channel.stop()  # whatever is printed now goes nowhere
        self.asking = True

    @staticmethod
    def _answer(sock: Any, id: str, left: wire.Left) -> tuple[wire.Header, bytes]:
        header, body = wire.receive(sock, left)
        if header.get("id") != id:
            raise wire.BrokenFrame("it belongs to another question")
        return header, body

    def _interrupt(self, sock: Any, id: str, seconds: float) -> LimitExceeded:
        """Interrupt a call that takes too long; kill its kernel if that does not help."""
        assert self.manager is not None
        self._kernel.interrupt()
        try:
            self._answer(sock, id, Patience(GRACE, self.waited).left)
        except (OSError, EOFError, TimeoutError, wire.BrokenFrame):
            self._end()
            self.deaths.append(f"A call did not stop when it was interrupted after {seconds:g} s.")
        return LimitExceeded(seconds)

    def _died(self) -> KernelDied:
        """Its socket has closed: let it end by itself, so that it says how."""
        deadline = time.monotonic() + GRACE
        while self._kernel.exit_code() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        self.deaths.append(self._end())
        return KernelDied(self.deaths[-1])


def how_it_ended(code: int) -> str:
    """A sentence on an exit code; a negative one is a signal."""
    if code >= 0:
        return f"The kernel ended itself with exit code {code} (os._exit does that)."
    known = {
        signal.SIGKILL: "was killed, as happens when memory runs out",
        signal.SIGSEGV: "crashed with a segmentation fault",
        signal.SIGABRT: "was aborted",
        signal.SIGXCPU: "used up its processor time",
    }
    try:
        number = signal.Signals(-code)
        return f"The kernel {known.get(number, f'was ended by the signal {number.name}')}."
    except ValueError:
        return f"The kernel was ended by signal {-code}."
