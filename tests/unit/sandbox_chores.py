"""What notebooks do, and what must work in a sandbox. A chore raises whatever goes wrong."""

from __future__ import annotations

import asyncio
import contextlib
import io
import multiprocessing
import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import torch
from IPython.core.interactiveshell import InteractiveShell
from torch.utils.data import DataLoader, TensorDataset

CHORES: dict[str, Any] = {}


def chore(function: Any) -> Any:
    CHORES[function.__name__] = function
    return function


@chore
def train() -> None:
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Conv2d(1, 4, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(144, 2))
    optimizer = torch.optim.Adam(net.parameters(), 0.01)
    images, labels = torch.rand(32, 1, 8, 8), torch.randint(2, (32,))
    for _ in range(30):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(images), labels)
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.69


@chore
def save_and_load() -> None:
    torch.save({"w": torch.arange(5)}, "weights.pt")
    assert torch.load("weights.pt")["w"].tolist() == [0, 1, 2, 3, 4]


@chore
def copy_a_file() -> None:
    Path("a.txt").write_text("x")
    shutil.copy("a.txt", "b.txt")
    Path("b.txt").rename("c.txt")
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"x")
    Path(os.devnull).write_text("x")


@chore
def use_numpy() -> None:
    np.linalg.svd(np.random.default_rng(0).random((40, 40)))


@chore
def use_threads() -> None:
    total: list[int] = []
    threads = [threading.Thread(target=total.append, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    torch.set_num_threads(2)
    assert torch.rand(600, 600).matmul(torch.rand(600, 600)).isfinite().all() and len(total) == 8


@chore
def use_asyncio() -> None:
    async def main() -> int:
        await asyncio.sleep(0.001)
        return await asyncio.to_thread(lambda: 3)

    assert asyncio.run(main()) == 3


@chore
def plot() -> None:
    plt.plot([1, 2, 3])
    plt.savefig("plot.png")
    assert Path("plot.png").stat().st_size > 1000


@chore
def look_at_oneself() -> None:
    assert os.cpu_count() and Path("/proc/self/status").read_text()
    assert Path.home() == Path.cwd() == Path(tempfile.gettempdir())
    assert {"0", "1", "2"} < {path.name for path in Path("/proc/self/fd").iterdir()}
    os.kill(os.getpid(), 0)


@chore
def fail_to_run_a_program() -> None:
    """As `!pip install` does: an error, no hang, no death."""
    for command in (lambda: subprocess.run(["pip", "install", "x"]), lambda: os.popen("ls").read()):
        try:
            command()
        except OSError:
            continue
        raise AssertionError("a program ran")
    assert os.system("true") != 0


@chore
def set_space_aside() -> None:
    with Path("aside").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, 1 << 16)
    assert Path("aside").stat().st_size == 1 << 16


@chore
def start_ipython() -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        ip = InteractiveShell.instance()
        assert ip.run_cell("x = 6 * 7").success and ip.user_ns["x"] == 42
        ip.run_cell("!ls")


def load_with_workers() -> None:
    loader = DataLoader(TensorDataset(torch.arange(64)), batch_size=8, num_workers=2)
    assert sum(len(batch[0]) for batch in loader) == 64


def use_processes() -> None:
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(abs, [-1, -2]) == [1, 2]


def do_chores(forking: bool) -> dict[str, str]:
    """The chores that failed, and how."""
    todo = dict(CHORES) | ({"load_with_workers": load_with_workers, "use_processes": use_processes} if forking else {})
    failed = {}
    for name, function in todo.items():
        try:
            function()
        except BaseException as error:
            failed[name] = f"{type(error).__name__}: {error}"
    return failed
