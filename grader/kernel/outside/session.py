"""One submission's kernel on the trusted side: it runs cells, answers questions, and is restarted when it dies.

Cells are run by nbclient. What the kernel says of them is display data. Questions go over a socket of their own,
one at a time, each with a fresh id that the answer must repeat.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import time
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from nbclient.exceptions import DeadKernelError

from grader.asking.codec import MalformedValue
from grader.asking.messages import Reply
from grader.devices import CPU
from grader.errors import CodecError, KernelDied, LimitExceeded, ProtocolViolation
from grader.kernel import wire
from grader.kernel.outside.clock import Clock
from grader.kernel.outside.launch import Launcher
from grader.kernel.outside.living import Living
from grader.kernel.outside.messages import NotAMessage
from grader.kernel.outside.patience import Patience
from grader.kernel.questions import Heard, Written, read_reply, send_query
from grader.kernel.said import Said
from grader.records import Cell, CellRun, CellStatus, Limits, OwnFile
from grader.sandbox.policy import Policy
from grader.sandbox.scratch import renew_scratch

GRACE = 1.0  # seconds between an interrupt and the next, or the kill
INTERRUPTS = 2  # one may be lost: Python ignores what leaves a `__del__`
MAX_RESTARTS = 20
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
        self.left_out: set[int] = set()  # cells that ran once, and ended each kernel that was to run them again
        self.spent = 0.0  # seconds of cells, replays included
        self.loop = asyncio.new_event_loop()
        self.living: Living | None = None
        self.disk = policy.resources.disk
        self.started = 0  # kernels
        self.said = Said(b"", b"", b"")  # the last answer
        self.hurried = False  # a limit was met while others had the processor
        self.clock = Clock()

    # ---- life and death

    def start(self) -> None:
        """Start a kernel. Raises KernelHostError when that is impossible."""
        renew_scratch(self.folder)
        self._start()

    def close(self) -> None:
        """End the kernel, if one lives, and the event loop."""
        if self.living:
            self.living.end()
        self.clock.close()
        self.loop.close()

    def _do(self, steps: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(steps)

    def _start(self) -> None:
        self.started += 1
        self.living = self._do(Living.start(self.launcher, self.request, self.folder, self.files, self.disk))
        self.clock.follow(self.living.process)

    def _end(self, why: str = "") -> str:
        """Kill the kernel, and keep the sentence on how it ended; `why` is another one that says more.

        Raises KernelHostError if its host was the wrong one for it.
        """
        assert self.living is not None
        self.clock.follow(None)
        living, self.living = self.living, None
        ended = living.end()
        self.deaths.append(why or ended)
        return self.deaths[-1]

    @property
    def _alive(self) -> Living:
        assert self.living is not None
        return self.living

    def ready(self) -> None:
        """Begin a turn, a cell or a check: there is a kernel. One that went on writing after its last turn is replaced.

        Raises KernelDied when it cannot be.
        """
        if self.living and self.living.watch.begin_turn():
            self._end()
        if self.living is None:
            self._revive()

    def settle(self) -> None:
        """End a check. Raises KernelDied when too much has been written in it."""
        if self.living and self.living.watch.end_turn():
            raise KernelDied(self._end())

    def _revive(self) -> None:
        """A new kernel in the place of a dead one, brought to where that one was.

        A cell that ends it on the way there did not do so before: it gets a second try, and is left out then.
        """
        stumbled: set[int] = set()
        self._renew()
        while (cell := self._replay()) is not None:
            if cell.number in stumbled:
                self.kept.remove(cell)
                self.left_out.add(cell.number)
            stumbled.add(cell.number)
            self._renew()

    def _renew(self) -> None:
        """A new kernel in which nothing has run. Raises KernelDied when none is to be had any more."""
        if len(self.deaths) > MAX_RESTARTS or self.spent > self.limits.submission:
            raise KernelDied(f"The kernel is not started again: {self.deaths[-1]}")
        try:
            renew_scratch(self.folder)  # of sockets, log and work of the dead one, or of what it put in their places
        except OSError as error:
            said = f"The notebook has spoiled its folder, so no new kernel can start ({error.strerror})."
            raise KernelDied(said) from error
        self._start()

    def _replay(self) -> Cell | None:
        """Run what ran before; returns the cell that did not come to its end this time, and no kernel lives then."""
        for cell in self.kept:
            run = self._do(self._run(cell))
            if run.status in (CellStatus.DIED, CellStatus.STOPPED):
                if self.living:
                    self._end(run.note)
                return cell
        return None

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
        living = self._alive
        started = self.clock.now()
        task = asyncio.ensure_future(living.runner.run(cell.source))
        limit = min(self.limits.cell, max(self.limits.submission - self.spent, 1.0))
        stopped = not await self._done(task, limit) and living.process.exit_code() is None  # nbclient sees an end later
        if stopped:
            await self._stop(living, task)
        why = ""
        try:
            run = await task
        except DeadKernelError:
            run = CellRun(cell.number, CellStatus.DIED, 0.0)
        except NotAMessage:
            run, why = CellRun(cell.number, CellStatus.DIED, 0.0), NO_KERNEL
        if living.watch.end_turn():
            run, stopped, why = replace(run, status=CellStatus.DIED), False, living.too_much
        living.counts[living.runner.count] = cell.number
        seconds = self.clock.now() - started
        self.spent += seconds
        if stopped and limit < self.limits.cell:  # at the end of the notebook's time, whatever a clock says of the rest
            self.spent = max(self.spent, self.limits.submission)
        run = replace(run, number=cell.number, seconds=seconds, trace=living.numbered(run.trace) if run.trace else None)
        return self._bury(run, stopped, limit, why)

    async def _stop(self, living: Living, task: asyncio.Future[CellRun]) -> None:
        """Interrupt a cell that takes too long; kill its kernel if that does not help."""
        for _ in range(INTERRUPTS):
            living.process.interrupt()
            if await self._done(task, GRACE):
                return
        living.process.kill()

    async def _done(self, task: asyncio.Future[CellRun], seconds: float) -> bool:
        """Whether it ends within some seconds of the kernel's own."""
        patience = Patience(seconds, self.clock.waited)
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
        if stopped:
            why = f"Cell {run.number} did not stop when it was interrupted after {limit:g} s, so its kernel was killed."
        return replace(run, status=CellStatus.STOPPED if stopped else CellStatus.DIED, note=self._end(why))

    # ---- questions

    def hear(self, written: Written, seconds: float) -> Heard:
        """Ask one question: what comes back, unread.

        Raises LimitExceeded, KernelDied or ProtocolViolation, and after any of them the next question may be asked,
        to a new kernel if need be; CodecError for a question that is too large to be sent.
        """
        if self.living is None:
            self._revive()
        living = self._alive
        living.be_asked()
        sock, id = living.process.questions, secrets.token_hex(8)
        patience = Patience(seconds, self.clock.waited)
        try:
            self._put(sock, id, written, seconds)
            return Heard(id, *wire.receive_text(sock, patience.left))
        except TimeoutError:
            self.hurried = self.hurried or patience.was_busy
            raise self._interrupt(sock, id, seconds) from None
        except (OSError, EOFError):
            raise self._died() from None
        except wire.BrokenFrame as error:
            raise self._broken(error) from None

    def read(self, written: Written, heard: Heard) -> Reply:
        """What came back; it is checked to be an answer to the question, nothing more.

        Raises ProtocolViolation, after which there may be a new kernel, and MalformedValue for what is no value.
        """
        try:
            header = heard.header()
        except wire.BrokenFrame as error:
            raise self._broken(error) from None
        reply = read_reply(header, heard.body)
        if reply.error is not None:
            reply = replace(reply, error=replace(reply.error, trace=self._alive.numbered(reply.error.trace)))
        told = heard.told if reply.error is None else None
        try:
            self.said = Said(written.digest, told, heard.body) if told else Said.of(written.digest, reply, heard.body)
        except ValueError as error:
            raise MalformedValue(f"it cannot be written down: {error}") from error
        return replace(reply, length=len(self.said.header))

    def _broken(self, error: wire.BrokenFrame) -> ProtocolViolation:
        self._end("The kernel was ended because it broke the protocol of questions and answers.")
        return ProtocolViolation(f"The kernel's answer was no answer: {error}")

    @staticmethod
    def _put(sock: Any, id: str, query: Written, seconds: float) -> None:
        sock.settimeout(seconds)
        try:
            send_query(sock, id, query)
        except wire.BrokenFrame as error:  # nothing of it was sent
            raise CodecError(f"a suite asks more than fits into a message: {error}") from error

    def _interrupt(self, sock: Any, id: str, seconds: float) -> LimitExceeded:
        """Interrupt a call that takes too long; kill its kernel if that does not help."""
        try:
            for _ in range(INTERRUPTS):
                self._alive.process.interrupt()
                if self._speaks(sock):
                    break
            else:
                raise TimeoutError
            Heard(id, *wire.receive_text(sock, Patience(GRACE, self.clock.waited).left)).header()
        except (OSError, EOFError, TimeoutError, wire.BrokenFrame):
            self._end(f"A call did not stop when it was interrupted after {seconds:g} s.")
        return LimitExceeded(seconds)

    def _speaks(self, sock: Any) -> bool:
        """Whether an answer begins, or the socket closes, within a while."""
        patience = Patience(GRACE, self.clock.waited)
        while (left := patience.left()) > 0:
            sock.settimeout(left)
            with contextlib.suppress(TimeoutError):
                sock.recv(1, socket.MSG_PEEK)
                return True
        return False

    def _died(self) -> KernelDied:
        """Its socket has closed: let it end by itself, so that it says how."""
        patience = Patience(GRACE, self.clock.waited)
        while self._alive.process.exit_code() is None and patience.left() > 0:
            time.sleep(0.005)
        return KernelDied(self._end())
