# mypy: disable-error-code="no-untyped-call"
"""What a forked process becomes: an IPython kernel that also answers the judge's questions.

Nothing here knows a suite, a reference or a verdict. The pieces that differ from a stock kernel: no debugger, no
heartbeat, no subshells and no TCP (each costs start-up time and serves an editor); output beyond a cap is counted
and dropped where it is made; shell commands and `exit()` do nothing, politely; one more message type hands the
main thread to the responder.
"""

from __future__ import annotations

import json
import socket
import sys
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from traitlets import Dict, Instance, Integer, Type, observe

from grader.device import CARDS, SIMULATED
from grader.kernel import standins, wire
from grader.kernel.responder import Responder, describe, seed
from grader.simcuda import start_simulation


class CappedStream(OutStream):
    """stdout or stderr that stops sending when a cell has printed its share."""

    cap = 1 << 20
    _used = 0

    def set_parent(self, parent: Any) -> None:
        self._used = 0
        super().set_parent(parent)

    def write(self, string: str) -> int:
        room = self.cap - self._used
        self._used += len(string)
        if room > 0:
            super().write(string[:room])
        return len(string)


class CappedSession(Session):
    """Jupyter messages without outputs that are larger than anybody looks at: the judge would hang up."""

    def serialize(self, msg: dict[str, Any], ident: Any = None) -> list[bytes]:
        parts = super().serialize(msg, ident)
        size = sum(map(len, parts))
        if size <= wire.MAX_OUTPUT or "data" not in msg["content"]:
            return parts
        said = {"text/plain": f"(an output of {size >> 20} MB was dropped)"}
        return super().serialize({**msg, "content": {**msg["content"], "data": said}}, ident)


class Shell(ZMQInteractiveShell):
    """The student's shell."""

    def system(self, cmd: str) -> None:
        """`!command` and `%pip`: nothing is installed or started while a notebook is graded."""
        print(f"(not run while grading: !{cmd})")
        self.user_ns["_exit_code"] = 0

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        return [] if split else ""

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Send an exception as data; formatting it for a terminal costs more than many a notebook."""
        etype, error, _ = self._get_exc_info(args[0] if args else kwargs.get("exc_tuple"))
        described = describe(error, self.compile._filename_map.get)
        self._showtraceback(etype, described["message"], [json.dumps(described)])

    def showsyntaxerror(self, *args: Any, **kwargs: Any) -> None:
        self.showtraceback()

    def _format_exception_for_storage(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """IPython would format every exception once more, 15 ms each, for a history that nobody reads."""
        return {}

    def ask_exit(self) -> None:
        """`exit()` and `quit()`: a notebook that ends with one is still to be questioned."""

    @observe("exit_now")
    def _update_exit_now(self, change: Any) -> None:
        """Stay."""


class SubmissionKernel(IPythonKernel):
    """An IPython kernel with one more request: answer questions until the judge closes the socket."""

    shell_class = Type(Shell)
    questions = Instance(socket.socket, allow_none=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shell_handlers[wire.QUESTIONS] = self.answer_questions

    def answer_questions(self, stream: Any, ident: Any, parent: Any) -> None:
        shell: Any = self.shell
        names = shell.compile._filename_map
        responder = Responder(shell.user_ns, names.get)
        assert self.questions is not None
        while True:
            try:
                header, body = wire.receive(self.questions)
                reply = responder.answer(header, body)
                try:
                    wire.send(self.questions, *reply)
                except wire.BrokenFrame as error:
                    wire.send(self.questions, {"id": header["id"], "error": describe(error, names.get)})
            except KeyboardInterrupt:  # it came between two questions; the judge repeats it if it must
                continue
            except (OSError, EOFError):
                return


class SubmissionApp(IPKernelApp):
    """A kernel application that is told its sockets instead of reading a connection file."""

    kernel_class = Type(SubmissionKernel)
    connection: dict[str, Any] = Dict()  # type: ignore[assignment]
    questions = Instance(socket.socket)
    output_cap = Integer(1 << 20)

    def _session_default(self) -> Session:
        return CappedSession(parent=self)

    def init_connection_file(self) -> None:
        self.load_connection_info(self.connection)  # type: ignore[arg-type]

    def write_connection_file(self, **kwargs: Any) -> None:
        """The judge made the connection: there is nothing to tell."""

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

    def init_heartbeat(self) -> None:
        """Whether the kernel lives is asked of its parent process."""

    def init_io(self) -> None:
        CappedStream.cap = self.output_cap
        super().init_io()

    def init_kernel(self) -> None:
        super().init_kernel()
        self.kernel.questions = self.questions


def become_kernel(request: dict[str, Any], questions: socket.socket) -> None:
    """Turn this process into a kernel and serve until killed; never returns normally.

    Args:
        request: `connection` (the connection info of jupyter_client), `seed`, `output_cap` (characters), `device`.
        questions: the socket on which the judge will ask; a frame `{"ready": true}` is written to it first.
    """
    sys.argv = ["kernel"]
    standins.install()
    app = SubmissionApp.instance(
        connection=request["connection"],
        questions=questions,
        output_cap=request["output_cap"],
        outstream_class="grader.kernel.inside.CappedStream",
    )
    app.initialize(["--HistoryManager.enabled=False"])
    if request["device"] == SIMULATED:
        start_simulation(devices=CARDS)
    seed(request["seed"])
    wire.send(questions, {"ready": True})
    app.start()
