"""Where a simulation is easily unlike a card: threads, several cards, what a card refuses, what there is not."""

from __future__ import annotations

import asyncio
import io
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn.parallel import comm

from grader import simulated_cuda
from grader.simcuda import SimulatedCuda


@pytest.fixture
def device() -> Iterator[SimulatedCuda]:
    with simulated_cuda(devices=2) as device:
        yield device


# --- threads ----------------------------------------------------------------------------------------------------


def test_threads_see_the_cards_and_have_a_current_one_each(device: SimulatedCuda) -> None:
    def work(index: int) -> tuple[str, int, str]:
        with torch.cuda.device(index):
            made = torch.ones(3).cuda() + torch.ones(3, device="cuda")
            return str(made.device), torch.cuda.current_device(), str(made.sum().item())

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(work, [1, 0, 1]))
    assert found == [("cuda:1", 1, "6.0"), ("cuda:0", 0, "6.0"), ("cuda:1", 1, "6.0")]
    assert torch.cuda.current_device() == 0


def test_asyncio_to_thread_and_counts_of_many_threads(device: SimulatedCuda) -> None:
    async def gathered() -> list[float]:
        def one(k: int) -> float:
            return float((torch.full((4,), float(k)).to("cuda") * 2).sum())

        return await asyncio.gather(*(asyncio.to_thread(one, k) for k in range(20)))

    before = device.counts
    assert asyncio.run(gathered()) == [8.0 * k for k in range(20)]
    assert (device.counts - before).host_to_device == 20
    assert (device.counts - before).synchronising_reads == 20


def test_a_gradient_is_taken_in_a_thread(device: SimulatedCuda) -> None:
    weight = torch.ones(3, device="cuda", requires_grad=True)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: (weight * 3).sum().backward()).result()
    assert weight.grad is not None and weight.grad.tolist() == [3.0, 3.0, 3.0]


# --- several cards ----------------------------------------------------------------------------------------------


def test_data_parallel_gives_what_one_card_gives(device: SimulatedCuda) -> None:
    net = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2)).to("cuda").eval()
    x = torch.rand(6, 3, device="cuda")
    alone = net(x)
    alone.sum().backward()
    expected = [p.grad.clone() for p in net.parameters()]
    net.zero_grad()

    together = nn.DataParallel(net)(x)
    together.sum().backward()
    assert together.device == torch.device("cuda:0")
    torch.testing.assert_close(together.cpu(), alone.cpu())
    for found, due in zip(net.parameters(), expected, strict=True):
        torch.testing.assert_close(found.grad.cpu(), due.cpu())


def test_scatter_gather_and_their_kin(device: SimulatedCuda) -> None:
    x = torch.arange(6.0)
    first, second = nn.parallel.scatter(x, [0, 1])
    assert (str(first.device), str(second.device)) == ("cuda:0", "cuda:1")
    assert nn.parallel.gather([first, second], 1).tolist() == x.tolist()
    assert [str(t.device) for t in comm.broadcast(x, [0, 1])] == ["cuda:0", "cuda:1"]
    assert comm.reduce_add([first, second.to("cuda:1")]).tolist() == [3.0, 5.0, 7.0]


# --- what a card refuses ----------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[Callable[[], Any], type[Exception], str]] = {
    "apply_": (lambda: torch.ones(2).cuda().apply_(abs), TypeError, "apply_ is only implemented on CPU tensors"),
    "map_": (lambda: torch.ones(2).cuda().map_(torch.ones(2).cuda(), max), TypeError, "map_ is only implemented"),
    "whole numbers in mm": (
        lambda: torch.ones(2, 2, dtype=torch.int64).cuda() @ torch.ones(2, 2, dtype=torch.int64).cuda(),
        NotImplementedError,
        "\"addmm_cuda\" not implemented for 'Long'",
    ),
    "whole numbers in bmm": (
        lambda: torch.ones(1, 2, 2, dtype=torch.int32).cuda() @ torch.ones(1, 2, 2, dtype=torch.int32).cuda(),
        NotImplementedError,
        "\"baddbmm_cuda\" not implemented for 'Int'",
    ),
    "whole numbers in dot": (
        lambda: torch.ones(2, dtype=torch.int64).cuda().dot(torch.ones(2, dtype=torch.int64).cuda()),
        NotImplementedError,
        "\"dot\" not implemented for 'Long'",
    ),
    "bytes in a convolution": (
        lambda: nn.functional.conv2d(
            torch.ones(1, 1, 3, 3, dtype=torch.uint8).cuda(), torch.ones(1, 1, 2, 2, dtype=torch.uint8).cuda()
        ),
        RuntimeError,
        "not supported for Byte",
    ),
    "an index": (
        lambda: torch.ones(3).cuda()[torch.tensor([5]).cuda()],
        torch.AcceleratorError,
        "CUDA error: device-side assert triggered",
    ),
    "a row of an embedding": (
        lambda: nn.Embedding(3, 2).cuda()(torch.tensor([3]).cuda()),
        torch.AcceleratorError,
        "device-side assert",
    ),
    "a label": (
        lambda: nn.functional.cross_entropy(torch.zeros(1, 3).cuda(), torch.tensor([3]).cuda()),
        torch.AcceleratorError,
        "device-side assert",
    ),
    "gather": (
        lambda: torch.ones(3).cuda().gather(0, torch.tensor([3]).cuda()),
        torch.AcceleratorError,
        "device-side assert",
    ),
    "a probability": (
        lambda: nn.functional.binary_cross_entropy(torch.tensor([2.0]).cuda(), torch.tensor([1.0]).cuda()),
        torch.AcceleratorError,
        "device-side assert",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_a_cards_words(name: str, device: SimulatedCuda) -> None:
    act, kind, words = REFUSED[name]
    with pytest.raises(kind) as error:
        act()
    assert words in str(error.value)


def test_a_number_out_of_range_is_still_the_hosts_to_refuse(device: SimulatedCuda) -> None:
    t = torch.ones(3, device="cuda")
    with pytest.raises(IndexError, match="index 5 is out of bounds"):
        t[5]
    with pytest.raises(IndexError, match="Dimension out of range"):
        t.sum(4)


def test_what_is_not_deterministic_is_refused_or_warned_of(device: SimulatedCuda) -> None:
    picture = torch.ones(1, 1, 4, 4, device="cuda", requires_grad=True)
    larger = nn.functional.interpolate(picture, scale_factor=2, mode="bilinear")
    torch.use_deterministic_algorithms(True)
    try:
        with pytest.raises(RuntimeError, match="upsample_bilinear2d_backward_out_cuda does not have a deterministic"):
            larger.sum().backward()
        with pytest.raises(RuntimeError, match="median CUDA with indices output"):
            torch.rand(3).cuda().median(0)
        assert torch.rand(3).cuda().median().is_cuda
        torch.use_deterministic_algorithms(True, warn_only=True)
        with pytest.warns(UserWarning, match="_bincount_cuda"):
            torch.bincount(torch.tensor([1, 2]).cuda(), torch.rand(2).cuda())
    finally:
        torch.use_deterministic_algorithms(False)


def test_waiting_can_be_noticed(device: SimulatedCuda) -> None:
    t = torch.ones(3, device="cuda")
    torch.cuda.set_sync_debug_mode("error")
    try:
        with pytest.raises(RuntimeError, match="called a synchronizing CUDA operation"):
            t.sum().item()
        torch.cuda.synchronize()
        torch.cuda.set_sync_debug_mode(1)
        assert torch.cuda.get_sync_debug_mode() == 1
        with pytest.warns(UserWarning, match="called a synchronizing CUDA operation"):
            t.cpu()
    finally:
        torch.cuda.set_sync_debug_mode("default")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        t.cpu()


# --- files and storages -----------------------------------------------------------------------------------------


def saved_on(card: str) -> io.BytesIO:
    file = io.BytesIO()
    with simulated_cuda(devices=3):
        torch.save({"w": torch.ones(2, device=card)}, file)
    file.seek(0)
    return file


def test_a_file_from_a_card_that_is_missing_here() -> None:
    file = saved_on("cuda:2")
    with (
        simulated_cuda(devices=2),
        pytest.raises(RuntimeError, match="on CUDA device 2 but") as error,
    ):
        torch.load(file)
    assert "Please use torch.load with map_location" in str(error.value)


def test_the_old_way_to_choose_a_card(device: SimulatedCuda) -> None:
    file = io.BytesIO()
    torch.save(torch.arange(3.0), file)
    file.seek(0)
    loaded = torch.load(file, map_location=lambda storage, location: storage.cuda(1))
    assert str(loaded.device) == "cuda:1" and loaded.tolist() == [0.0, 1.0, 2.0]
    storage = torch.ones(2).untyped_storage().cuda()
    assert storage.is_cuda and storage.cuda() is storage


# --- faces ------------------------------------------------------------------------------------------------------


def test_a_parameter_says_that_it_is_one(device: SimulatedCuda) -> None:
    for weight in (nn.Linear(1, 1).cuda().weight, nn.Parameter(torch.ones(1).cuda())):
        assert str(type(weight)) == "<class 'torch.nn.parameter.Parameter'>"
        assert isinstance(weight, nn.Parameter) and not isinstance(weight.data, nn.Parameter)
        assert type(weight * 2).__name__ == "Tensor"


def test_a_tensor_shows_what_its_user_has_set_on_it(device: SimulatedCuda) -> None:
    t = torch.ones(2).cuda()
    assert vars(t) == {}
    t.note = "mine"
    assert t.__dict__ == {"note": "mine"}
    assert vars(nn.Linear(1, 1).cuda().weight) == {}


def test_the_neutral_names_of_streams_and_events(device: SimulatedCuda) -> None:
    stream = torch.Stream(device="cuda:1")
    assert isinstance(stream, torch.cuda.Stream) and isinstance(torch.cuda.Stream(), torch.Stream)
    assert str(stream.device) == "cuda:1"
    event = torch.Event("cuda", enable_timing=True)
    event.record()
    event.synchronize()
    assert isinstance(event, torch.Event) and isinstance(torch.cuda.Event(), torch.Event)


# --- what there is not, and derivatives of derivatives ------------------------------------------------------------


def test_what_there_is_not_says_so(device: SimulatedCuda) -> None:
    with pytest.raises(NotImplementedError, match="no CUDA graphs"):
        torch.cuda.CUDAGraph()
    with pytest.raises(NotImplementedError, match="no CUDA graphs"):
        torch.cuda.make_graphed_callables(abs, ())
    with pytest.raises(NotImplementedError, match="DLPack"):
        torch.from_dlpack(torch.ones(2).cuda())
    torch.cuda._sleep(1000)


def test_an_export_raises_a_sentence(device: SimulatedCuda) -> None:
    net = nn.Linear(3, 2)
    with pytest.raises(NotImplementedError, match="move the module and its inputs to the CPU first"):
        torch.export.export(net.cuda(), (torch.rand(1, 3).cuda(),))


def test_derivatives_of_derivatives(device: SimulatedCuda) -> None:
    def cubes(v: torch.Tensor) -> torch.Tensor:
        return (v**3).sum()

    x = torch.tensor([1.0, 2.0])
    for second in (torch.func.hessian(cubes), torch.func.jacfwd(torch.func.jacfwd(cubes))):
        assert second(x.cuda()).cpu().tolist() == [[6.0, 0.0], [0.0, 12.0]]
    assert torch.func.jvp(torch.func.grad(cubes), (x.cuda(),), (x.cuda(),))[1].tolist() == [6.0, 24.0]
