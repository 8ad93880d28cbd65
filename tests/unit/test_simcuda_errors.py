"""What a CUDA device refuses, the simulated one refuses: same exception types, same sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as nnf

from grader.simcuda import SimulatedCuda, simulated_cuda

MIB = 1 << 20


@pytest.fixture(autouse=True)
def device() -> Iterator[SimulatedCuda]:
    with simulated_cuda(devices=2, memory=64 * MIB) as device:
        yield device


def gpu(*shape: int, index: int = 0) -> torch.Tensor:
    return torch.ones(*shape, device=f"cuda:{index}")


# --- devices that do not match ----------------------------------------------------------------------------------

TWO = "Expected all tensors to be on the same device, but found at least two devices, {} and {}!"
ODD = (
    "Expected all tensors to be on the same device, but got {} is on {}, different from other tensors on {} "
    "(when checking argument in method wrapper_CUDA_{})"
)
CPU, CUDA = "cpu", "cuda:0"

MIXED: dict[str, tuple[Callable[[], object], str]] = {
    "add": (lambda: gpu(3) + torch.ones(3), TWO.format(CUDA, CPU)),
    "add, CPU first": (lambda: torch.ones(3) + gpu(3), TWO.format(CPU, CUDA)),
    "add_": (lambda: gpu(3).add_(torch.ones(3)), TWO.format(CUDA, CPU)),
    "a CPU number written to": (lambda: torch.tensor(1.0).add_(gpu(1)[0]), TWO.format(CPU, CUDA)),
    "compare": (lambda: gpu(3) == torch.ones(3), TWO.format(CUDA, CPU)),
    "where": (lambda: torch.where(gpu(3) > 0, gpu(3), torch.ones(3)), TWO.format(CUDA, CPU)),
    "mse": (lambda: nnf.mse_loss(gpu(3), torch.ones(3)), TWO.format(CUDA, CPU)),
    "two cards": (lambda: gpu(3) + gpu(3, index=1), TWO.format(CUDA, "cuda:1")),
    "a number of another card": (lambda: gpu(3) * gpu(1, index=1)[0], TWO.format(CUDA, "cuda:1")),
    "matmul": (lambda: gpu(2, 2) @ torch.ones(2, 2), ODD.format("mat2", CPU, CUDA, "mm")),
    "linear": (lambda: nn.Linear(2, 2).cuda()(torch.ones(1, 2)), ODD.format("mat1", CPU, CUDA, "addmm")),
    "linear on the CPU": (lambda: nn.Linear(2, 2)(gpu(1, 2)), ODD.format("mat1", CUDA, CPU, "addmm")),
    "bmm": (lambda: torch.bmm(gpu(1, 2, 2), torch.ones(1, 2, 2)), ODD.format("mat2", CPU, CUDA, "bmm")),
    "cat": (lambda: torch.cat([gpu(2), torch.ones(2)]), ODD.format("tensors", CPU, CUDA, "cat")),
    "cross entropy": (
        lambda: nnf.cross_entropy(gpu(2, 3), torch.tensor([0, 1])),
        ODD.format("target", CPU, CUDA, "nll_loss_forward"),
    ),
    "embedding": (
        lambda: nn.Embedding(3, 2).cuda()(torch.tensor([1])),
        ODD.format("index", CPU, CUDA, "_index_select"),
    ),
    "gather": (
        lambda: gpu(2, 2).gather(1, torch.zeros(2, 1, dtype=torch.long)),
        ODD.format("index", CPU, CUDA, "gather"),
    ),
    "conv, CPU input": (
        lambda: nn.Conv2d(1, 1, 2).cuda()(torch.ones(1, 1, 3, 3)),
        "Input type (torch.FloatTensor) and weight type (torch.cuda.FloatTensor) should be the same "
        "or input should be a MKLDNN tensor and weight is a dense tensor",
    ),
    "conv, CPU weight": (
        lambda: nn.Conv2d(1, 1, 2)(gpu(1, 1, 3, 3)),
        "Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the same",
    ),
    "device index of a CPU tensor": (
        lambda: torch.ones(3)[torch.tensor([0], device="cuda")],
        "indices should be either on cpu or on the same device as the indexed tensor (cpu)",
    ),
    "assigning CPU values": (
        lambda: gpu(3).__setitem__(torch.tensor([0, 1]), torch.ones(2)),
        TWO.format(CUDA, CPU),
    ),
    "lengths of sequences": (
        lambda: nn.utils.rnn.pack_padded_sequence(gpu(2, 1, 1), torch.tensor([2]).cuda()),
        "'lengths' argument should be a 1D CPU int64 tensor, but got 1D cuda:0 Long tensor",
    ),
    "CPU generator": (
        lambda: torch.randn(2, device="cuda", generator=torch.Generator()),
        "Expected a 'cuda' device type for generator but found 'cpu'",
    ),
    "device generator": (
        lambda: torch.randn(2, generator=torch.Generator("cuda")),
        "Expected a 'cpu' device type for generator but found 'cuda'",
    ),
    "pinning": (
        lambda: gpu(1).pin_memory(),
        "cannot pin 'torch.cuda.FloatTensor' only dense CPU tensors can be pinned",
    ),
}


@pytest.mark.parametrize("name", MIXED)
def test_tensors_that_may_not_meet_raise_pytorchs_sentence(name: str) -> None:
    call, message = MIXED[name]
    with pytest.raises(RuntimeError) as caught:
        call()

    assert str(caught.value) == message
    assert type(caught.value) is RuntimeError


@pytest.mark.parametrize(
    "call",
    [
        lambda: gpu(3) * torch.tensor(2.0),
        lambda: torch.tensor(2.0) - gpu(3),
        lambda: gpu(3).masked_fill(gpu(3) > 0, torch.tensor(1.0)),
        lambda: torch.where(gpu(3) > 0, gpu(3), torch.tensor(0.0)),
        lambda: gpu(3).clamp(max=torch.tensor(0.5)),
        lambda: gpu(3)[torch.tensor([0, 2])],
        lambda: gpu(3).index_put_((torch.tensor([0]),), torch.tensor(5.0)),
        lambda: gpu(3).copy_(torch.ones(3)),
        lambda: gpu(3).__setitem__(0, torch.tensor(4.0)),
        lambda: gpu(3, index=1).copy_(gpu(3)),
        lambda: nnf.ctc_loss(
            gpu(5, 2, 4), torch.ones(2, 3, dtype=torch.long).cuda(), torch.tensor([5, 5]), torch.tensor([3, 3])
        ),
    ],
)
def test_what_a_real_device_lets_meet_may_meet(call: Callable[[], object]) -> None:
    call()


def test_a_gradient_must_be_on_its_tensors_device() -> None:
    weight = gpu(2).requires_grad_()
    with pytest.raises((RuntimeError, TypeError), match="device type 'cpu' to a tensor with device type 'cuda'"):
        weight.grad = torch.ones(2)


# --- numpy ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("convert", [lambda t: t.numpy(), np.asarray, lambda t: t.requires_grad_().numpy()])
def test_numpy_cannot_read_the_device(convert: Callable[[torch.Tensor], object]) -> None:
    with pytest.raises(TypeError) as caught:
        convert(gpu(3, index=1))

    assert str(caught.value) == (
        "can't convert cuda:1 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first."
    )


def test_numpy_can_read_it_by_force() -> None:
    assert gpu(2).requires_grad_().numpy(force=True).tolist() == [1, 1]


# --- ordinals ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        lambda: torch.zeros(1, device="cuda:7"),
        lambda: torch.ones(1).to("cuda:7"),
        lambda: torch.ones(1).cuda(7),
        lambda: nn.Linear(1, 1).to(torch.device("cuda", 7)),
        lambda: torch.cuda.set_device(7),
        lambda: torch.cuda.synchronize(7),
        lambda: torch.cuda.memory_allocated("cuda:7"),
    ],
)
def test_a_card_that_is_not_there_is_an_invalid_ordinal(call: Callable[[], object]) -> None:
    with pytest.raises(RuntimeError, match="CUDA error: invalid device ordinal\nGPU device may be out") as caught:
        call()

    assert type(caught.value) is getattr(torch, "AcceleratorError", RuntimeError)


def test_the_properties_of_a_card_that_is_not_there_are_an_assertion() -> None:
    with pytest.raises(AssertionError, match="Invalid device id"):
        torch.cuda.get_device_properties(7)


def test_another_kind_of_device_is_no_cuda_device() -> None:
    with pytest.raises(ValueError, match="Expected a cuda device, but got: cpu"):
        torch.cuda.set_device("cpu")


# --- memory -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        lambda: torch.zeros(100 * MIB, device="cuda"),
        lambda: torch.empty((10**6, 10**6), device="cuda"),
        lambda: torch.randn(17 * MIB, device="cuda"),
        lambda: torch.ones(17 * MIB).to("cuda"),
        lambda: torch.ones(9 * MIB, device="cuda") + 1,
        lambda: torch.ones(1, device="cuda").expand(17 * MIB).clone(),
        lambda: torch.arange(10**13, device="cuda"),
        lambda: torch.ones(10**6, 1, device="cuda") * torch.ones(10**6, device="cuda"),
        lambda: torch.ones(10**6, 1, device="cuda") @ torch.ones(1, 10**6, device="cuda"),
        lambda: torch.ones(1000, device="cuda").repeat(10**6),
        lambda: nnf.interpolate(torch.ones(1, 1, 10, 10, device="cuda"), scale_factor=1000),
        lambda: torch.ones(2, device="cuda").resize_(17 * MIB),
        lambda: nn.Linear(8192, 8192).to("cuda"),
    ],
)
def test_more_than_the_memory_is_out_of_memory(call: Callable[[], object]) -> None:
    with pytest.raises(torch.cuda.OutOfMemoryError, match=r"CUDA out of memory. Tried .* GPU 0 has"):
        call()

    assert torch.cuda.memory_allocated() <= 64 * MIB


@pytest.mark.parametrize(
    "call",
    [
        lambda: gpu(3000) * gpu(3000),
        lambda: 2**40 + torch.zeros(100, dtype=torch.long, device="cuda"),
        lambda: torch.where(gpu(3000) > 0, gpu(3000), gpu(3000)),
        lambda: torch.cat([gpu(3000), gpu(3000), gpu(3000)]),
        lambda: torch.stack([gpu(3000), gpu(3000)]),
    ],
)
def test_what_plainly_fits_asks_no_shape_inference(call: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("grader.simcuda.room._inferred", lambda *arguments: asked.append(arguments) or 0)
    call()

    assert asked == []


def test_the_sentence_names_the_sizes_and_memory_can_be_used_again() -> None:
    kept = torch.zeros(12 * MIB, device="cuda")
    with pytest.raises(torch.cuda.OutOfMemoryError) as caught:
        torch.zeros(8 * MIB, device="cuda")

    assert str(caught.value).startswith(
        "CUDA out of memory. Tried to allocate 32.00 MiB. GPU 0 has a total capacity of 64.00 MiB of which 16.00 MiB "
        "is free. Including non-PyTorch memory, this process has 48.00 MiB memory in use. Of the allocated memory "
        "48.00 MiB is allocated by PyTorch, and 0 bytes is reserved by PyTorch but unallocated."
    )
    del kept
    assert torch.zeros(15 * MIB, device="cuda").is_cuda


# --- faults that have nothing to do with devices ----------------------------------------------------------------

FAULTS: dict[str, Callable[[str], object]] = {
    "shapes of add": lambda d: torch.ones(2, device=d) + torch.ones(3, device=d),
    "shapes of matmul": lambda d: torch.ones(2, 3, device=d) @ torch.ones(2, 3, device=d),
    "shape of view": lambda d: torch.ones(6, device=d).view(4, 2),
    "view of strides": lambda d: torch.ones(2, 3, device=d).t().view(6),
    "shape of linear": lambda d: nn.Linear(3, 2).to(d)(torch.ones(1, 4, device=d)),
    "channels of conv": lambda d: nn.Conv2d(3, 2, 2).to(d)(torch.ones(1, 1, 4, 4, device=d)),
    "kernel too large": lambda d: nn.Conv2d(1, 2, 5).to(d)(torch.ones(1, 1, 3, 3, device=d)),
    "index": lambda d: torch.ones(3, device=d)[5],
    "dimension": lambda d: torch.ones(3, device=d).sum(2),
    "item of many": lambda d: torch.ones(3, device=d).item(),
    "bool of many": lambda d: bool(torch.ones(3, device=d)),
    "dtype of matmul": lambda d: torch.ones(2, 2, device=d) @ torch.ones(2, 2, device=d, dtype=torch.float64),
    "mean of integers": lambda d: torch.arange(3, device=d).mean(),
    "gradient of integers": lambda d: torch.arange(3, device=d).requires_grad_(),
    "leaf in place": lambda d: torch.ones(2, device=d, requires_grad=True).add_(1),
    "backward of many": lambda d: torch.ones(2, device=d, requires_grad=True).mul(2).backward(),
    "backward without graph": lambda d: torch.ones(1, device=d).backward(),
    "batch norm of one": lambda d: nn.BatchNorm1d(2).to(d)(torch.ones(1, 2, device=d)),
    "cat of shapes": lambda d: torch.cat([torch.ones(1, 2, device=d), torch.ones(1, 3, device=d)]),
    "not a parameter": lambda d: setattr(nn.Linear(1, 1).to(d), "weight", torch.ones(1, device=d)),
    "unknown argument": lambda d: torch.zeros(2, device=d, colour="red"),  # type: ignore[call-overload]
}


@pytest.mark.parametrize("name", FAULTS)
def test_ordinary_faults_are_those_of_the_cpu(name: str) -> None:
    caught = []
    for where in ("cpu", "cuda"):
        with pytest.raises(Exception) as error:
            FAULTS[name](where)
        caught.append((type(error.value), str(error.value).replace("torch.cuda.", "torch.")))

    assert caught[0] == caught[1]
