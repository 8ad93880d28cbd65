"""A kernel from its start to its end, on the trusted side: its process, the ways to it, the watch on what it writes."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from queue import Empty

import zmq

from grader.errors import KernelHostError
from grader.kernel import wire
from grader.kernel.modules import NOT_LOADED
from grader.kernel.outside.launch import Launched, Launcher
from grader.kernel.outside.provisioner import SubmissionKernelManager
from grader.kernel.outside.runner import Runner
from grader.kernel.outside.watch import Watch
from grader.records import OwnFile, Trace

PATIENCE = 60  # half seconds
MAX_MESSAGES = 16  # that wait to be read; their size is bounded, too, so that no kernel fills our memory


class Living:
    """A kernel that has started; `end` ends it.

    Attributes:
        process: what can be killed, and asked how it ended.
        runner: runs cells in it.
        watch: on what it writes.
        counts: which cell an execution count of this kernel belongs to.
    """

    def __init__(self, manager: SubmissionKernelManager, process: Launched, folder: Path, disk: int) -> None:
        self.manager, self.process, self.disk = manager, process, disk
        self.runner = Runner(manager, manager.request.output_cap)
        self.client = self.runner.kc = manager.client()
        self.client.allow_stdin = False
        self.client.start_channels(stdin=False, hb=False, control=False)
        self.watch = Watch(folder, disk, process.strike)
        self.counts: dict[int, int] = {}
        self._asking = False

    @classmethod
    async def start(
        cls, launcher: Launcher, request: wire.KernelRequest, folder: Path, files: Sequence[OwnFile], disk: int
    ) -> Living:
        """Start one. Raises KernelHostError when that is impossible.

        Args:
            folder: for its sockets and its log.
            files: what was handed in beside the notebook.
            disk: bytes that it may write there.
        """
        manager = SubmissionKernelManager(launcher, request, folder)
        manager.context.setsockopt(zmq.MAXMSGSIZE, 2 * wire.MAX_OUTPUT)
        manager.context.setsockopt(zmq.RCVHWM, MAX_MESSAGES)
        try:
            await manager.start_kernel()
        except BaseException:
            manager.context.destroy(linger=0)
            if manager.launched is not None:
                manager.launched.kill()
            raise
        assert manager.launched is not None
        living = cls(manager, manager.launched, folder, disk)
        try:
            living._lay_out(files)
            await living._hear()
        except BaseException:
            living.end()
            raise
        return living

    def _lay_out(self, files: Sequence[OwnFile]) -> None:
        """Send what lies beside the notebook, for which a kernel that has just started waits."""
        if files:
            contents = [file.data for file in files]
            listed = [[file.name, len(data)] for file, data in zip(files, contents, strict=True)]
            wire.send(self.process.questions, {"files": listed}, b"".join(contents))

    async def _hear(self) -> None:
        """Wait for a first word of the kernel: from then on nothing that it says is lost.

        It greets whoever subscribes. While it is saying something else it may miss that, so it is asked now and then.
        """
        for _ in range(PATIENCE):
            try:
                await self.client.iopub_channel.get_msg(timeout=0.5)
                return
            except Empty:
                self.client.shell_channel.send(self.client.session.msg("kernel_info_request", {}))
            if (code := self.process.exit_code()) is not None:
                raise KernelHostError(f"a kernel ended as soon as it had started. {how_it_ended(code)}")
        raise KernelHostError("a kernel has started and is not heard")

    def be_asked(self) -> None:
        """Give the kernel's main thread to the responder, once; from here on no cell runs in it."""
        if not self._asking:
            self.client.shell_channel.send(self.client.session.msg(wire.QUESTIONS, {}))
            self.client.iopub_channel.stop()  # whatever is printed now goes nowhere
            self._asking = True

    def numbered(self, trace: Trace) -> Trace:
        """The trace with notebook cell numbers in the place of the kernel's execution counts."""
        return replace(trace, frames=tuple(replace(f, cell=self.counts.get(f.cell, 0)) for f in trace.frames))

    def end(self) -> str:
        """Kill the kernel; returns how it ended, in a sentence. Raises KernelHostError if its host was a wrong one."""
        self.client.stop_channels()
        self.manager.context.destroy(linger=0)
        self.watch.close()
        code = self.process.kill()
        if code == NOT_LOADED and self.manager.launcher.guarded:
            raise KernelHostError("a kernel needs modules that its host has not loaded")
        return self.too_much if self.watch.exceeded else how_it_ended(code)

    @property
    def too_much(self) -> str:
        """The sentence on a kernel that has written more than it may."""
        return f"The kernel was ended because more than {self.disk >> 20} MB of files had been written."


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
