"""Our kernels as jupyter_client sees them: a provisioner, and a manager whose kernel specification names it.

The provisioner is registered as the entry point `grader` of `jupyter_client.kernel_provisioners`; nbclient runs
unchanged on top of it.
"""

from __future__ import annotations

import asyncio
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Any as AnyTrait

from grader.kernel.outside.launch import Launched, Launcher
from grader.kernel.outside.messages import CheckedSession
from grader.kernel.wire import KernelRequest

SPEC = KernelSpec(
    argv=["grader"],
    display_name="grader",
    language="python",
    metadata={"kernel_provisioner": {"provisioner_name": "grader"}},
)


def find_provisioners() -> None:
    """Look for the entry points now: jupyter_client would look, once in each process, when a kernel is started."""
    KernelProvisionerFactory.instance()


class Provisioner(KernelProvisionerBase):
    """Starts a kernel through the launcher of its manager."""

    kernel: Launched | None = None

    @property
    def has_process(self) -> bool:
        return self.kernel is not None

    async def poll(self) -> int | None:
        return self.kernel.exit_code() if self.kernel else 0

    async def wait(self) -> int | None:
        while (code := await self.poll()) is None:
            await asyncio.sleep(0.01)
        return code

    async def send_signal(self, signum: int) -> None:
        if self.kernel and signum == signal.SIGINT:
            self.kernel.interrupt()
        elif self.kernel and signum:
            self.kernel.kill()

    async def kill(self, restart: bool = False) -> None:
        if self.kernel:
            self.kernel.kill()

    async def terminate(self, restart: bool = False) -> None:
        await self.kill()

    async def cleanup(self, restart: bool = False) -> None:
        self.kernel = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Nothing of the caller's environment or command line reaches a kernel."""
        return {"cmd": []}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        manager = self.parent
        assert isinstance(manager, SubmissionKernelManager)
        connection = manager.get_connection_info()
        plain = {key: v.decode() if isinstance(v, bytes) else v for key, v in connection.items()}
        self.kernel = manager.launcher.launch(replace(manager.request, connection=plain))
        return connection


class SubmissionKernelManager(AsyncKernelManager):
    """A manager of one kernel, whose ipc sockets lie in the submission's own scratch folder.

    Args:
        launcher: where kernels come from.
        request: what the kernel is told, but for its connection.
        sockets: the folder for the sockets; its path must be short, a UNIX socket's is at most 107 bytes.
    """

    launcher: Launcher = AnyTrait()  # type: ignore[assignment]
    request: KernelRequest = AnyTrait()  # type: ignore[assignment]

    def __init__(self, launcher: Launcher, request: KernelRequest, sockets: Path) -> None:
        super().__init__(
            launcher=launcher,
            request=request,
            transport="ipc",
            ip=str(sockets / "k"),
            connection_file=str(sockets / "connection.json"),  # which is never written
        )
        self.session = CheckedSession(parent=self)
        self._kernel_spec = SPEC
        names = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
        for number, name in enumerate(names, start=1):
            setattr(self, name, number)

    def write_connection_file(self, **kwargs: Any) -> None:
        """Nobody reads it: our kernels are told by the launcher.

        And a manager removes the file it wrote when it is collected as garbage, at whatever moment that happens: the
        file of the same name that the next manager has just written in this folder.
        """

    @property
    def launched(self) -> Launched | None:
        """The kernel's process, if one was started."""
        return self.provisioner.kernel if isinstance(self.provisioner, Provisioner) else None
