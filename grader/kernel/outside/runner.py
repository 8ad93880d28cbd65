"""Cells by nbclient: what one does to the notebook is returned as a record, outputs capped as they arrive."""

from __future__ import annotations

import json
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import from_dict

from grader.asking.traces import read_raised
from grader.records import CellRun, CellStatus

MAX_IMAGES, MAX_IMAGE = 6, 400_000  # per cell; characters of base64
# Not made by nbformat's constructors: they validate, and compile their schema anew in each forked process, 0.1 s.
NO_CELLS: dict[str, Any] = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
EMPTY_CELL: dict[str, Any] = {"id": "cell", "cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}


class Runner(NotebookClient):
    """nbclient, with outputs capped as they arrive instead of stored in the notebook.

    Args:
        manager: of the kernel.
        cap: characters that are kept of what a cell prints.
    """

    def __init__(self, manager: AsyncKernelManager | None, cap: int) -> None:
        super().__init__(from_dict(NO_CELLS), km=manager, timeout=None, allow_errors=True, record_timing=False)
        self.cap = cap
        self.on_cell_executed = self._replied
        self.count = 0
        self._clear()

    def _clear(self) -> None:
        self.text: list[str] = []
        self.room = self.cap
        self.dropped = 0
        self.images: list[str] = []
        self.error: dict[str, Any] | None = None

    async def run(self, source: str) -> CellRun:
        """Run code and return what it did. Raises DeadKernelError."""
        self._clear()
        self.nb.cells = [from_dict({**EMPTY_CELL, "source": source})]
        await self.async_execute_cell(self.nb.cells[0], 0)
        if self.dropped:
            self.text.append(f"\n… {self.dropped:,} more characters were printed and dropped.")
        return CellRun(
            number=0,
            status=CellStatus.RAISED if self.error is not None else CellStatus.RAN,
            seconds=0.0,
            text="".join(self.text),
            images=tuple(self.images),
            trace=read_raised(self.error).trace if self.error is not None else None,
        )

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> None:
        content = msg["content"]
        if msg["msg_type"] == "stream":
            self._print(content.get("text"))
        elif msg["msg_type"] in ("display_data", "execute_result") and isinstance(content.get("data"), dict):
            image = content["data"].get("image/png")
            if isinstance(image, str) and len(image) <= MAX_IMAGE and len(self.images) < MAX_IMAGES:
                self.images.append(image.strip())
            else:
                self._print(content["data"].get("text/plain"), "\n")

    def _print(self, text: object, end: str = "") -> None:
        if isinstance(text, str):
            self.text.append((text + end)[: self.room])
            self.dropped += max(len(text) - self.room, 0)
            self.room = max(self.room - len(text), 0)

    def handle_comm_msg(self, outs: list[Any], msg: dict[str, Any], cell_index: int) -> None:
        """Widgets: there is nobody to show them to, and their state would be kept."""

    def clear_output(self, outs: list[Any], msg: dict[str, Any], cell_index: int) -> None:
        self.text.clear()

    def _replied(self, cell: Any, cell_index: int, execute_reply: dict[str, Any]) -> None:
        content = execute_reply["content"]
        count = content.get("execution_count")
        self.count = count if isinstance(count, int) else self.count + 1
        if content.get("status") != "ok":
            lines = content.get("traceback")
            try:
                self.error = json.loads(lines[0])
            except (TypeError, IndexError, ValueError, RecursionError):
                self.error = {"kind": str(content.get("ename")), "message": str(content.get("evalue"))}
