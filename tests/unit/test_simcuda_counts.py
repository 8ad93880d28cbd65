"""The simulated device counts what a real one would be slow at, and says which line of the user's did it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional as nnf

from grader.simcuda import Counts, SimulatedCuda, simulated_cuda
from grader.simcuda.ledger import TRACE_LENGTH


@pytest.fixture
def device() -> Iterator[SimulatedCuda]:
    with simulated_cuda(devices=2) as device:
        yield device


def happened(device: SimulatedCuda, call: Callable[[], object]) -> Counts:
    before = device.counts
    call()
    return device.counts - before


# --- copies -----------------------------------------------------------------------------------------------------


def test_a_copy_to_the_device_is_counted_with_its_bytes(device: SimulatedCuda) -> None:
    host = torch.zeros(10, 3)

    assert happened(device, lambda: host.to("cuda")) == Counts(host_to_device=1, host_to_device_bytes=120)
    assert happened(device, lambda: host.cuda().cuda().to("cuda")) == Counts(host_to_device=1, host_to_device_bytes=120)
    assert happened(device, lambda: host.to("cuda", torch.float16)).host_to_device_bytes == 60
    assert happened(device, lambda: torch.tensor([1, 2], device="cuda")).host_to_device_bytes == 16
    assert happened(device, lambda: torch.empty(3, device="cuda").copy_(torch.ones(3))).host_to_device_bytes == 12


def test_making_a_tensor_in_place_copies_nothing(device: SimulatedCuda) -> None:
    assert happened(device, lambda: torch.zeros(10, device="cuda")) == Counts(operations=1)
    assert happened(device, lambda: torch.empty(10, device="cuda")) == Counts()


def test_a_copy_back_waits_unless_told_not_to(device: SimulatedCuda) -> None:
    t = torch.zeros(10, device="cuda")
    waiting = Counts(device_to_host=1, device_to_host_bytes=40, synchronising_reads=1)

    assert happened(device, t.cpu) == waiting
    assert happened(device, lambda: t.to("cpu")) == waiting
    assert happened(device, lambda: torch.empty(10).copy_(t)) == waiting
    assert happened(device, t.tolist) == waiting
    assert happened(device, lambda: t.to("cpu", non_blocking=True)) == Counts(device_to_host=1, device_to_host_bytes=40)


def test_a_copy_between_cards_is_counted_apart(device: SimulatedCuda) -> None:
    t = torch.zeros(10, device="cuda:0")

    assert happened(device, lambda: t.to("cuda:1")) == Counts(device_to_device=1, device_to_device_bytes=40)
    assert happened(device, lambda: torch.empty(10, device="cuda:1").copy_(t)).device_to_device_bytes == 40
    assert happened(device, t.clone) == Counts(operations=1)


def test_indices_of_the_cpu_travel(device: SimulatedCuda) -> None:
    t = torch.zeros(10, device="cuda")

    assert happened(device, lambda: t[[1, 2]]) == Counts(host_to_device=1, host_to_device_bytes=16, operations=1)
    assert happened(device, lambda: t[1:3]) == Counts()


# --- waiting ----------------------------------------------------------------------------------------------------

READS: dict[str, Callable[[torch.Tensor], object]] = {
    "item": lambda t: t.sum().item(),
    "float": lambda t: float(t[0]),
    "int": lambda t: int(t[0]),
    "bool": lambda t: bool(t[0]),
    "if": lambda t: 1 if t[0] > 0 else 0,
    "as index": lambda t: [1, 2, 3][t.argmax()],
    "print": lambda t: str(t),
    "format": lambda t: f"{t[0]:.2f}",
    "nonzero": lambda t: t.nonzero(),
    "unique": lambda t: t.unique(),
    "masked_select": lambda t: t.masked_select(t > 0),
    "mask": lambda t: t[t > 0],
    "equal": lambda t: torch.equal(t, t),
    "allclose": lambda t: torch.allclose(t, t),
    "in": lambda t: 5 in t,
    "cpu": lambda t: t.cpu(),
    "tolist": lambda t: t.tolist(),
    "one_hot": lambda t: nnf.one_hot(t.long()),
}


@pytest.mark.parametrize("name", READS)
def test_whatever_needs_a_value_waits_for_the_device(device: SimulatedCuda, name: str) -> None:
    assert happened(device, lambda: READS[name](torch.ones(4, device="cuda"))).synchronising_reads >= 1


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t.sum() + t.mean() * 2, lambda t: t.argmax(), lambda t: (t > 0).sum(), lambda t: t.detach(), len,
        lambda t: t.masked_fill(t > 0, 1.0), lambda t: torch.where(t > 0, t, 0), lambda t: t.shape, lambda t: t.sort(),
    ],
)  # fmt: skip
def test_arithmetic_waits_for_nothing(device: SimulatedCuda, call: Callable[[torch.Tensor], object]) -> None:
    t = torch.ones(4, device="cuda")

    assert happened(device, lambda: call(t)).synchronising_reads == 0


def test_one_read_is_one_read(device: SimulatedCuda) -> None:
    t = torch.ones(4, device="cuda")

    assert happened(device, lambda: t[0].item()) == Counts(synchronising_reads=1)
    assert happened(device, lambda: print(t)) == Counts(synchronising_reads=1)
    assert happened(device, lambda: t[t > 0]).synchronising_reads == 1


def test_explicit_waits_are_counted_apart(device: SimulatedCuda) -> None:
    event = torch.cuda.Event()

    assert happened(device, torch.cuda.synchronize) == Counts(synchronisations=1)
    assert happened(device, event.synchronize) == Counts(synchronisations=1)
    assert happened(device, torch.cuda.current_stream().synchronize) == Counts(synchronisations=1)


def test_reading_a_cpu_tensor_is_not_counted(device: SimulatedCuda) -> None:
    host = torch.arange(4.0)

    assert happened(device, lambda: (host.sum().item(), host.tolist(), str(host), host + 1)) == Counts()


# --- loops ------------------------------------------------------------------------------------------------------


def epoch(net: nn.Module, batches: list[torch.Tensor], wasteful: bool) -> float:
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    total = torch.zeros((), device="cuda")
    for batch in batches:
        if wasteful:
            net.cpu().to("cuda")
        loss = net(batch.to("cuda")).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.detach()
        if wasteful:
            print(loss.item())
    return total.item()


def test_a_good_loop_moves_each_batch_once_and_reads_once(device: SimulatedCuda) -> None:
    net, batches = nn.Linear(3, 2).to("cuda"), [torch.randn(4, 3) for _ in range(5)]
    counts = happened(device, lambda: epoch(net, batches, wasteful=False))

    assert (counts.host_to_device, counts.host_to_device_bytes) == (5, 5 * 48)
    assert (counts.device_to_host, counts.synchronising_reads) == (0, 1)


def test_a_loop_that_moves_the_weights_every_step_shows(device: SimulatedCuda) -> None:
    net, batches = nn.Linear(3, 2).to("cuda"), [torch.randn(4, 3) for _ in range(5)]
    counts = happened(device, lambda: epoch(net, batches, wasteful=True))

    # Weights and bias each step; from the second step on their gradients too.
    assert counts.device_to_host == 5 * 2 + 4 * 2
    assert counts.host_to_device == 5 + counts.device_to_host
    assert counts.synchronising_reads == counts.device_to_host + 5 + 1


def test_counts_are_the_same_every_time(device: SimulatedCuda) -> None:
    batches = [torch.randn(4, 3) for _ in range(3)]
    runs = {happened(device, lambda: epoch(nn.Linear(3, 2).to("cuda"), batches, wasteful=False)) for _ in range(3)}

    assert len(runs) == 1


def test_counts_can_start_again(device: SimulatedCuda) -> None:
    snapshot = device.counts
    torch.ones(2).to("cuda")
    device.reset_counts()

    assert device.counts == Counts() == snapshot
    assert device.trace() == []


# --- the trace --------------------------------------------------------------------------------------------------


def line_of(text: str) -> int:
    lines = Path(__file__).read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.endswith(text))


def test_the_trace_names_the_users_line(device: SimulatedCuda) -> None:
    moved = torch.ones(2).to("cuda")  # line: move
    moved.sum().item()  # line: read

    to, total, item = device.trace()
    assert (to.kind, to.operation, to.bytes, to.waits) == ("host_to_device", "to", 8, False)
    assert (total.kind, total.operation) == ("operation", "sum")
    assert (item.kind, item.operation, item.waits) == ("read", "item", True)
    assert [(e.filename, e.line) for e in (to, total, item)] == [
        (__file__, line_of("# line: move")),
        (__file__, line_of("# line: read")),
        (__file__, line_of("# line: read")),
    ]


def test_work_within_pytorch_belongs_to_the_line_that_called_it(device: SimulatedCuda) -> None:
    net = nn.Sequential(nn.Linear(2, 2), nn.ReLU()).to("cuda")
    x = torch.ones(1, 2, device="cuda")
    device.reset_counts()
    loss = net(x).sum()  # line: forward
    loss.backward()  # line: backward

    lines = {event.line for event in device.trace()}
    assert lines == {line_of("# line: forward"), line_of("# line: backward")}
    assert "addmm" in {event.operation for event in device.trace()}


def test_the_innermost_line_of_the_user_counts(device: SimulatedCuda) -> None:
    class Net(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x * 2  # line: within forward

    Net()(torch.ones(1, device="cuda"))
    assert device.trace()[-1].line == line_of("# line: within forward")


def test_a_cell_of_a_notebook_is_the_users(device: SimulatedCuda) -> None:
    cell = "\nnet = torch.nn.Linear(2, 2).to('cuda')\n\nloss = net(torch.ones(1, 2).to('cuda')).sum().item()\n"
    exec(compile(cell, "/tmp/ipykernel_1/2.py", "exec"), {"torch": torch})

    assert {(event.filename, event.line) for event in device.trace()} == {
        ("/tmp/ipykernel_1/2.py", 2),
        ("/tmp/ipykernel_1/2.py", 4),
    }


def test_the_trace_keeps_the_last_events_only(device: SimulatedCuda) -> None:
    ledger = device._machine.ledger
    for _ in range(TRACE_LENGTH + 5):
        ledger.record("operation", "add")

    assert len(device.trace()) == TRACE_LENGTH and device.counts.operations == TRACE_LENGTH + 5


MIB = 1 << 20


# --- memory -----------------------------------------------------------------------------------------------------


def test_memory_is_that_of_live_storages_and_views_are_free(device: SimulatedCuda) -> None:
    t = torch.zeros(1000, device="cuda")
    assert torch.cuda.memory_allocated() == 4096
    view, part = t.view(10, 100), t[5:]
    assert torch.cuda.memory_allocated() == 4096
    del t, view
    assert torch.cuda.memory_allocated() == 4096
    del part
    assert torch.cuda.memory_allocated() == 0 and torch.cuda.max_memory_allocated() == 4096


def test_the_peak_can_be_reset_and_the_cache_emptied(device: SimulatedCuda) -> None:
    kept, large = torch.zeros(10, device="cuda"), torch.zeros(1 << 20, device="cuda")
    del large
    assert torch.cuda.memory_reserved() == 6 * MIB and torch.cuda.mem_get_info() == ((8 << 30) - 6 * MIB, 8 << 30)
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()

    assert (torch.cuda.memory_reserved(), torch.cuda.max_memory_allocated(), kept.nbytes) == (2 * MIB, 512, 40)


def test_memory_stats_have_the_keys_of_a_real_card(device: SimulatedCuda) -> None:
    kept, gone = torch.zeros(200, device="cuda"), torch.zeros(10, device="cuda")
    del gone
    stats = torch.cuda.memory_stats()

    assert len(stats) == 9 * 3 * 4 + 2 * 4 + 6
    assert [stats[f"allocated_bytes.all.{kind}"] for kind in ("current", "peak", "allocated", "freed")] == [
        1024, 1536, 1536, 512,
    ]  # fmt: skip
    assert (stats["allocation.all.current"], stats["requested_bytes.all.current"]) == (1, kept.nbytes)
    assert torch.cuda.memory_stats_as_nested_dict()["active_bytes"]["all"]["current"] == 1024


def test_each_card_has_its_own_memory(device: SimulatedCuda) -> None:
    kept = torch.zeros(10, device="cuda:1")

    assert (torch.cuda.memory_allocated(0), torch.cuda.memory_allocated("cuda:1")) == (0, 512) and kept.nbytes == 40


def test_growing_in_place_is_counted(device: SimulatedCuda) -> None:
    t = torch.zeros(10, device="cuda")
    t.resize_(100)

    assert torch.cuda.memory_allocated() == 512
    t.resize_(1000)
    assert torch.cuda.memory_allocated() == 4096


def test_adam_needs_four_times_the_weights(device: SimulatedCuda) -> None:
    net = nn.Linear(100, 100, bias=False).to("cuda")
    optimizer = torch.optim.Adam(net.parameters())
    net(torch.ones(1, 100, device="cuda")).sum().backward()
    optimizer.step()

    assert torch.cuda.memory_allocated() == 4 * 40448  # 40,000 bytes, in blocks of 512


def test_a_graph_that_is_kept_keeps_memory(device: SimulatedCuda) -> None:
    weight = torch.ones(1000, device="cuda", requires_grad=True)
    with_graph = [weight.exp().sum() for _ in range(3)]
    assert torch.cuda.memory_allocated() == 4 * 4096 + 3 * 512
    numbers = [loss.detach() for loss in with_graph]
    del with_graph

    assert torch.cuda.memory_allocated() == 4096 + len(numbers) * 512


def test_a_module_that_leaves_gives_its_memory_back(device: SimulatedCuda) -> None:
    net = nn.Linear(10, 10).to("cuda")
    assert torch.cuda.memory_allocated() == 512 + 512
    net.cpu()

    assert torch.cuda.memory_allocated() == 0


# --- events and streams -----------------------------------------------------------------------------------------


def test_events_measure_work(device: SimulatedCuda) -> None:
    start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    t = torch.ones(3, device="cuda")
    start.record()
    for _ in range(7):
        t = t + 1
    end.record()
    torch.cuda.synchronize()

    assert start.elapsed_time(end) == pytest.approx(0.07) and end.query()


def test_events_that_cannot_be_compared_say_so(device: SimulatedCuda) -> None:
    plain, timed = torch.cuda.Event(), torch.cuda.Event(enable_timing=True)
    with pytest.raises(ValueError, match="enable_timing=True"):
        plain.elapsed_time(timed)
    with pytest.raises(ValueError, match="must be recorded"):
        timed.elapsed_time(timed)


def test_streams_keep_the_order_of_python(device: SimulatedCuda) -> None:
    side = torch.cuda.Stream()
    t = torch.zeros(1, device="cuda")
    with torch.cuda.stream(side):
        assert torch.cuda.current_stream() == side
        t += 1
        done = side.record_event()
    torch.cuda.current_stream().wait_stream(side)
    torch.cuda.current_stream().wait_event(done)
    t.record_stream(side)

    assert torch.cuda.current_stream() == torch.cuda.default_stream() != side
    assert t.item() == 1 and done.query() and side.query()
