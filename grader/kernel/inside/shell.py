# mypy: disable-error-code="no-untyped-call"
"""What a student's cell meets in a kernel: the shell that runs it, and the streams that carry its output.

Output beyond a cap is counted and dropped where it is made; shell commands and `exit()` do nothing, politely;
exceptions are sent as data.
"""

from __future__ import annotations

import json
import os
import zlib
from typing import Any

from ipykernel.compiler import XCachingCompiler, get_tmp_directory
from ipykernel.iostream import OutStream
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import UsageError
from IPython.core.profiledir import ProfileDir
from IPython.paths import get_ipython_dir
from IPython.utils.text import SList
from jupyter_client.session import Session
from traitlets import default, observe

from grader.asking.traces import describe, plain
from grader.kernel import wire

IDLE_MAGICS = ("pip", "conda", "mamba", "micromamba", "uv", "debug", "pdb", "gui", "tensorboard", "store")
SETUP_MAGICS = ("load_ext", "reload_ext", "matplotlib", "pylab", "config", "cd", "env")


class CappedStream(OutStream):
    """stdout or stderr that stops sending when a cell has printed its share."""

    cap = 1 << 20
    _used = 0
    _written = False

    def set_parent(self, parent: Any) -> None:
        self._used = 0
        super().set_parent(parent)

    def write(self, string: str) -> int:
        room = self.cap - self._used
        self._used += len(string)
        if room > 0:
            super().write(string[:room])
            self._written = True
        return len(string)

    def flush(self) -> None:
        """Wait until all is sent that was written: four times a cell, and mostly there is nothing."""
        if self._written:
            self._written = False
            super().flush()


class CappedSession(Session):
    """Jupyter messages without outputs that are larger than anybody looks at: the judge would hang up."""

    def serialize(self, msg: dict[str, Any], ident: Any = None) -> list[bytes]:
        parts = super().serialize(msg, ident)
        size = sum(map(len, parts))
        if size <= wire.MAX_OUTPUT or "data" not in msg["content"]:
            return parts
        said = {"text/plain": f"(an output of {size >> 20} MB was dropped)"}
        return super().serialize({**msg, "content": {**msg["content"], "data": said}}, ident)


class NamingCompiler(XCachingCompiler):
    """Names the file of a cell like ipykernel, by a hash, but not by one that is computed in Python."""

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        return f"{get_tmp_directory()}{os.sep}{zlib.crc32(raw_code.encode())}.py"


class Shell(ZMQInteractiveShell):
    """The student's shell. Its profile is made when something asks for it: by then HOME is the submission's."""

    _transformed: tuple[str, str] | None = None  # the cell that is about to run, and what will run of it
    _running = False

    def init_ipython_dir(self, ipython_dir: Any) -> None:
        """Later, see `_ipython_dir`."""

    def init_profile_dir(self, profile_dir: Any) -> None:
        """Later, see `_profile_dir`."""

    @default("ipython_dir")
    def _ipython_dir(self) -> str:
        return str(get_ipython_dir())

    @default("profile_dir")
    def _profile_dir(self) -> ProfileDir:
        profile: ProfileDir = ProfileDir.create_profile_dir_by_name(self.ipython_dir, "default")
        return profile

    def transform_cell(self, raw_cell: str) -> str:
        """As IPython; between two cells, when nothing can have changed, not twice for the same one."""
        if self._transformed is None or self._transformed[0] != raw_cell:
            self._transformed = None
            code = str(super().transform_cell(raw_cell))
            if self._running:
                return code
            self._transformed = raw_cell, code
        return self._transformed[1]

    async def run_cell_async(self, *args: Any, **kwargs: Any) -> Any:
        outer, self._running, self._transformed = self._running, True, None
        try:
            return await super().run_cell_async(*args, **kwargs)
        finally:
            self._running = outer

    def system(self, cmd: str) -> None:
        """`!command` and `%pip`: nothing is installed or started while a notebook is graded."""
        print(f"(not run while grading: !{cmd})")
        self.user_ns["_exit_code"] = 0

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        return SList() if split else ""

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """A magic that is not there, or has nobody to show something to, does nothing: the rest of its cell runs."""
        if magic_name in IDLE_MAGICS or self._find_with_lazy_load("line", magic_name) is None:
            print(f"(not run while grading: %{magic_name} {line})")
            return None
        try:
            return super().run_line_magic(magic_name, line, _stack_depth=_stack_depth + 1)
        except (ImportError, UsageError) as error:
            if magic_name not in SETUP_MAGICS:
                raise
            print(f"(not done while grading: %{magic_name} {line}: {error})")
            return None

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """One that is not there: what stands below it runs as it is."""
        if self._find_with_lazy_load("cell", magic_name) is None:
            print(f"(there is no %%{magic_name} while grading; the cell runs without it)")
            self.run_cell(cell).raise_error()
            return None
        return super().run_cell_magic(magic_name, line, cell)

    def enable_matplotlib(self, gui: str | None = None) -> Any:
        """`%matplotlib`, and `%pylab`: figures are shown inline, there is no window for them."""
        if gui not in (None, "auto", "inline", "agg"):
            print(f"(figures are shown inline while grading, not with {gui})")
        return super().enable_matplotlib("inline")

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Send an exception as data; formatting it for a terminal costs more than many a notebook."""
        etype, error, _ = self._get_exc_info(args[0] if args else kwargs.get("exc_tuple"))
        described = describe(error, self.compile._filename_map.get)
        self._showtraceback(etype, described.trace.message, [json.dumps(plain(described))])

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
