"""How much slower a training step is on the simulated device than on the CPU. Run it as a script.

Prints the time of one step of a small CNN on both, taken in turns in one run, and their ratio.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import torch
from torch import nn
from torch.nn import functional as nnf

from grader.simcuda import simulated_cuda

BATCH = 64
TARGET = 5.0


def small_cnn() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 12, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(192, 120), nn.ReLU(), nn.Linear(120, 60), nn.ReLU(), nn.Linear(60, 10),
    )  # fmt: skip


def training_step(device: str) -> Callable[[], float]:
    """A function that makes one step on `device`, its batch copied there first, and returns the loss."""
    torch.manual_seed(0)
    net = small_cnn().to(device)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
    images, labels = torch.randn(BATCH, 1, 28, 28), torch.randint(0, 10, (BATCH,))

    def step() -> float:
        loss = nnf.cross_entropy(net(images.to(device)), labels.to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def milliseconds(step: Callable[[], float], repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        step()
    return (time.perf_counter() - start) / repeats * 1e3


def measure(rounds: int, repeats: int) -> tuple[float, float]:
    """The best round of each device: noise of a shared machine only ever adds."""
    host_step = training_step("cpu")
    milliseconds(host_step, repeats)
    host, device = [], []
    for _ in range(rounds):
        host.append(milliseconds(host_step, repeats))  # outside of the simulation, which sees every operation
        with simulated_cuda():
            device_step = training_step("cuda")
            milliseconds(device_step, 2)
            device.append(milliseconds(device_step, repeats))
    return min(host), min(device)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=20)
    options = parser.parse_args()
    torch.set_num_threads(1)
    host, device = measure(options.rounds, options.repeats)
    print(f"cpu {host:.2f} ms, simulated cuda {device:.2f} ms per step: {device / host:.2f} times (target {TARGET})")


if __name__ == "__main__":
    main()
