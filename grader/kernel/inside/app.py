# mypy: disable-error-code="no-untyped-call"
"""What a forked process becomes: an IPython kernel that also answers the judge's questions.

Nothing here knows a suite, a reference or a verdict. The pieces that differ from a stock kernel: it is made before
the fork and connected after it; no debugger, no heartbeat, no control channel, no subshells and no TCP (each costs
start-up time and serves an editor); one more message type hands the main thread to the responder.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from traitlets import Float, Instance, Type
from zmq.eventloop.zmqstream import ZMQStream

from grader.asking.messages import Reply
from grader.asking.responder import Responder, seed
from grader.asking.surroundings import Surroundings
from grader.devices import CARDS, SIMULATED
from grader.kernel import questions, wire
from grader.kernel.inside import frames, habits, standins
from grader.kernel.inside.shell import CappedSession, CappedStream, NamingCompiler, Shell
from grader.simcuda import start_simulation


class NoSubshells:
    """In the place of the thread that ipykernel has for subshells: there is none, and cells run in the main thread."""

    parent_thread = threading.main_thread()

    def __bool__(self) -> bool:
        return False


class SubmissionKernel(IPythonKernel):
    """An IPython kernel with one more request: answer questions until the judge closes the socket."""

    shell_class = Type(Shell)
    compiler_class = Type(NamingCompiler)
    _execute_sleep = Float(0.0)  # the end of a cell is waited for on the same socket as its outputs
    shell_channel_thread = NoSubshells()
    _supports_kernel_subshells = False
    questions = Instance(socket.socket, allow_none=True)
    fresh = Instance(Surroundings, allow_none=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shell_handlers[wire.QUESTIONS] = self.answer_questions

    def _publish_status(self, status: str, *args: Any, **kwargs: Any) -> None:
        """Say that a cell is over. That it begins, and what it reads, the judge knows: each word costs both 0.5 ms."""
        if status != "busy":
            super()._publish_status(status, *args, **kwargs)

    def _publish_execute_input(self, *args: Any, **kwargs: Any) -> None:
        """See above."""

    @contextmanager
    def _cancel_on_sigint(self, future: asyncio.Future[Any]) -> Iterator[None]:
        """An interrupt cancels a cell that awaits. ipykernel's own handler does not wake the loop that sleeps."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, future.cancel)
        try:
            yield
        finally:
            loop.remove_signal_handler(signal.SIGINT)

    def answer_questions(self, stream: Any, ident: Any, parent: Any) -> None:
        shell: Any = self.shell
        names = shell.compile._filename_map
        assert self.questions is not None and self.fresh is not None
        responder = Responder(shell.user_ns, names.get, self.fresh.with_additions())
        while True:
            try:
                id, query = questions.receive_query(self.questions)
                reply = responder.answer(query)
                try:
                    questions.send_reply(self.questions, id, reply)
                except (OSError, EOFError):
                    raise
                except Exception as error:  # too large, or a tensor that cannot be written: nobody was slow
                    why = str(error) if isinstance(error, wire.BrokenFrame) else f"{type(error).__name__}: {error}"
                    questions.send_reply(self.questions, id, Reply(unsent=why))
            except KeyboardInterrupt:  # it came between two questions; the judge repeats it if it must
                continue
            except (OSError, EOFError):
                return


class SubmissionApp(IPKernelApp):
    """A kernel application in two halves: what all kernels share is made once, before the fork."""

    kernel: SubmissionKernel
    shell: Shell

    def prepare(self) -> None:
        """Make kernel and shell: no socket, no thread, no file, nothing of a submission."""
        self.log.setLevel(self.log_level)  # its handler has this level already, and drops what was made for nothing
        self.config.HistoryManager.enabled = False
        self.config.HistoryManager.hist_file = ":memory:"  # it would look for a profile, to put it there
        self.init_pdb()
        self.kernel = SubmissionKernel.instance(parent=self, log=self.log)
        self.init_shell()
        self.init_extensions()
        self.init_code()
        self.shell.run_cell("pass", store_history=False, silent=True)  # loads what a first cell would
        if "matplotlib.pyplot" in sys.modules:  # loaded before there was a shell to show figures
            self.shell.enable_matplotlib("inline")

    def _run_startup_files(self) -> None:
        """Nobody has a profile here."""

    def connect(self, connection: dict[str, Any], output_cap: int) -> None:
        """Open the sockets and send through them what is printed and shown."""
        self.load_connection_info(connection)  # type: ignore[arg-type]
        CappedStream.cap = output_cap
        self.outstream_class = "grader.kernel.inside.shell.CappedStream"
        self.init_sockets()
        self.init_io()
        self.init_signal()
        kernel, shell = self.kernel, self.shell
        kernel.session, kernel.shell_stream = self.session, ZMQStream(self.shell_socket)
        kernel.iopub_thread, kernel.iopub_socket = self.iopub_thread, self.iopub_socket
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
        outlets: tuple[Any, ...] = (shell.displayhook, shell.display_pub)
        for outlet in outlets:
            outlet.session, outlet.pub_socket = self.session, self.iopub_socket
        outlets[0].topic = kernel._topic("execute_result")
        self.displayhook.get_execution_count = lambda: kernel.execution_count

    def _session_default(self) -> Session:
        return CappedSession(parent=self)

    def init_sockets(self) -> None:
        """Of the five sockets of a kernel the two that the judge listens to."""
        self.context = context = zmq.Context()
        self.shell_socket = context.socket(zmq.ROUTER)
        self.shell_socket.linger = 1000
        self.shell_port = self._bind_socket(self.shell_socket, self.shell_port)
        self.init_iopub(context)

    def init_iopub(self, context: Any) -> None:
        self.iopub_socket = context.socket(zmq.XPUB)
        self.iopub_socket.linger = 1000
        self.iopub_socket.sndhwm = 0  # what the judge has not read yet waits here; the end of a cell must not get lost
        self.iopub_port = self._bind_socket(self.iopub_socket, self.iopub_port)
        self.configure_tornado_logger()
        # pipe=True would bind a TCP port for the output of child processes
        self.iopub_thread = IOPubThread(self.iopub_socket, pipe=False, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket


def prepare() -> None:
    """Make this process one whose forks become kernels quickly."""
    sys.argv = ["kernel"]
    standins.install()
    habits.install()
    SubmissionApp.instance().prepare()


def become_kernel(request: wire.KernelRequest, asked: socket.socket) -> None:
    """Turn this process, or a fork of it, which is prepared, into a kernel and serve until killed.

    Args:
        asked: the socket on which questions will come; a frame `{"ready": true}` is written to it first.
    """
    app = SubmissionApp.instance()
    app.connect(request.connection, request.output_cap)
    app.kernel.questions = asked
    frames.belongs_to(app.shell.compile._filename_map.get, str(Path.cwd()))
    sys.path.insert(0, "")  # what lies beside a notebook can be imported, as in Jupyter
    if request.device == SIMULATED:
        start_simulation(devices=CARDS)
    seed(request.seed)
    app.kernel.fresh = Surroundings()
    wire.send(asked, {"ready": True})
    if request.files:
        lay_out(*wire.receive(asked))
    app.start()


def lay_out(header: wire.Header, body: bytes) -> None:
    """Write what was handed in beside the notebook: copies, which it may change."""
    start = 0
    for name, size in header["files"]:
        path = Path(name)
        with suppress(OSError):  # in a folder of the course's own, say
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body[start : start + size])
        start += size
