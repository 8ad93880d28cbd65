"""Modules, optimizers, mixed precision and loaders on the simulated device do what they do on the CPU."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional as nnf
from torch.utils.checkpoint import checkpoint
from torch.utils.data import DataLoader, Dataset, TensorDataset

from grader.simcuda import SimulatedCuda, simulated_cuda


@pytest.fixture(autouse=True)
def device() -> Iterator[SimulatedCuda]:
    torch.manual_seed(0)
    with simulated_cuda(devices=2) as device:
        yield device


# --- modules ----------------------------------------------------------------------------------------------------


def test_a_module_moves_in_place_and_its_parameters_stay_the_same_objects() -> None:
    net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3))
    before = list(net.parameters())
    net[0].weight.note = "mine"
    assert net.to("cuda") is net
    after = list(net.parameters())
    assert [id(p) for p in before] == [id(p) for p in after]
    assert all(p.is_cuda and p.is_leaf and isinstance(p, nn.Parameter) for p in after)
    assert net[1].running_mean.is_cuda and net[1].num_batches_tracked.is_cuda and net[0].weight.note == "mine"
    net.cpu()

    assert all(p is q and type(p) is nn.Parameter for p, q in zip(before, net.parameters(), strict=True))
    assert not net[1].running_mean.is_cuda and net[0].weight.note == "mine"


def test_an_optimizer_made_before_the_move_trains_the_moved_weights() -> None:
    net = nn.Linear(2, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=1.0)
    net.to("cuda")
    before = net.weight.detach().clone()
    net(torch.ones(1, 2, device="cuda")).sum().backward()
    optimizer.step()

    assert (before - net.weight).tolist() == [[1, 1]]


def test_gradients_move_with_the_module_also_while_a_graph_is_alive() -> None:
    net = nn.Linear(2, 1)
    out = net(torch.ones(1, 2))
    out.sum().backward(retain_graph=True)
    net.to("cuda")
    assert net.weight.grad is not None and net.weight.grad.is_cuda
    net(torch.ones(1, 2, device="cuda")).sum().backward()
    assert net.weight.grad.tolist() == [[2, 2]]
    net.cpu()

    assert not net.weight.grad.is_cuda and out.requires_grad


def test_dtype_and_device_change_together() -> None:
    net = nn.Linear(2, 2).to("cuda:1", torch.float64).half()

    assert (net.weight.device, net.weight.dtype) == (torch.device("cuda:1"), torch.float16)
    assert nn.Linear(2, 2).cuda(1).weight.get_device() == nn.Linear(2, 2).to(1).bias.get_device() == 1


def test_a_parameter_that_is_moved_is_no_parameter() -> None:
    moved = nn.Parameter(torch.ones(2)).to("cuda")

    assert not moved.is_leaf and not isinstance(moved, nn.Parameter)
    assert nn.Parameter(torch.ones(2, device="cuda")).is_leaf


def test_a_state_dict_goes_both_ways() -> None:
    net, other = nn.LSTM(2, 3).to("cuda"), nn.LSTM(2, 3).to("cuda")
    weight = other.weight_ih_l0
    host = {name: value.cpu() for name, value in net.state_dict().items()}
    other.load_state_dict(host)

    assert not any(value.is_cuda for value in host.values())
    assert other.weight_ih_l0 is weight and torch.equal(weight, net.weight_ih_l0)


def test_tied_weights_stay_tied() -> None:
    net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    net[1].weight = net[0].weight
    net.to("cuda")

    assert net[1].weight is net[0].weight and len(list(net.parameters())) == 3


def test_a_lazy_layer_moves_before_and_after_its_first_batch() -> None:
    early, late = nn.LazyLinear(3).to("cuda"), nn.LazyLinear(3)
    weight = early.weight
    late(torch.ones(1, 2))
    for net in (early, late.to("cuda")):
        assert net(torch.ones(1, 2, device="cuda")).is_cuda
        assert net.weight.is_cuda and net.weight.shape == (3, 2)
    assert early.weight is weight
    early(torch.ones(1, 2, device="cuda")).sum().backward()
    assert early.weight.grad is not None and early.weight.grad.is_cuda


def test_sequences_of_different_lengths_pass_recurrent_layers() -> None:
    host = nn.GRU(3, 4, batch_first=True)
    ours, x, lengths = copy.deepcopy(host).to("cuda"), torch.randn(2, 5, 3), torch.tensor([5, 3])

    def run(net: nn.GRU, x: torch.Tensor) -> torch.Tensor:
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True)
        padded, sizes = nn.utils.rnn.pad_packed_sequence(net(packed)[0], batch_first=True)
        assert not sizes.is_cuda
        padded.sum().backward()
        return padded

    torch.testing.assert_close(run(ours, x.cuda()).cpu(), run(host, x))
    torch.testing.assert_close(ours.weight_hh_l0.grad.cpu(), host.weight_hh_l0.grad)


def test_compiling_gives_back_the_eager_module_and_function() -> None:
    net = nn.Linear(2, 2).to("cuda")
    assert torch.compile(net, mode="max-autotune") is net
    net.compile()

    @torch.compile(fullgraph=True)
    def double(x: torch.Tensor) -> torch.Tensor:
        return x * 2

    assert double(net(torch.ones(1, 2, device="cuda"))).is_cuda


def test_inference_mode_runs_the_same_operations() -> None:
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8, 3))
    x = torch.randn(2, 1, 6, 6)
    expected = net(x)
    net.to("cuda")
    with torch.inference_mode():
        out = net(x.to("cuda"))
        assert out.is_cuda and torch.equal(out.cpu(), expected)
        assert nnf.one_hot(out.argmax(1), 3).float().sum().item() == 2


@pytest.mark.parametrize(
    "move",
    [
        pytest.param(lambda t: t.to("cuda", torch.float64), id="device by place"),
        pytest.param(lambda t: t.to(device="cuda"), id="device by name"),
        pytest.param(lambda t: t.cuda().view(2, 2), id="a view of what was made inside"),
    ],
)
def test_in_inference_mode_tensors_arrive(move: Callable[[torch.Tensor], torch.Tensor]) -> None:
    with torch.inference_mode():
        there = move(torch.arange(4.0))
    assert there.is_cuda and there.is_inference() and there.flatten().tolist() == [0, 1, 2, 3]


def test_in_inference_mode_a_view_of_an_ordinary_tensor_is_one() -> None:
    t = torch.arange(4.0, device="cuda")
    with torch.inference_mode():
        views = [t.view(2, 2), t[1:], *t.split(2), t.detach()]
    assert not any(view.is_inference() for view in views)
    views[0].add_(1)
    assert t.tolist() == [1, 2, 3, 4]


# --- autograd ---------------------------------------------------------------------------------------------------


def test_code_that_runs_within_backward_can_name_the_device() -> None:
    seen = []

    class Double(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
            ctx.save_for_backward(x)
            return x * 2

        @staticmethod
        def backward(ctx: Any, grad: torch.Tensor) -> torch.Tensor:
            (x,) = ctx.saved_tensors
            seen.append((x.device, torch.zeros(1, device="cuda").device))
            return grad * torch.full_like(x, 2)

    w = torch.ones(2, device="cuda", requires_grad=True)
    w.register_hook(lambda grad: seen.append((grad.device, torch.zeros(1, device="cuda").device)))
    Double.apply(w).sum().backward()

    assert seen == [(torch.device("cuda:0"),) * 2] * 2 and w.grad.tolist() == [2, 2]


def test_backward_may_start_another_backward() -> None:
    inner = torch.ones(1, device="cuda", requires_grad=True)
    outer = torch.ones(1, device="cuda", requires_grad=True)
    product, seen = inner * 3, []
    inner.register_hook(lambda grad: seen.append(torch.zeros(1, device="cuda").device))
    outer.register_hook(lambda grad: product.backward())
    (outer * 2).backward()

    assert inner.grad.tolist() == [3] and outer.grad.tolist() == [2] and len(seen) == 1


def test_gradients_of_gradients() -> None:
    w = torch.tensor([2.0, 3], device="cuda", requires_grad=True)
    (first,) = torch.autograd.grad((w**3).sum(), w, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), w)

    assert first.tolist() == [12, 27] and second.tolist() == [12, 18]
    assert torch.autograd.gradcheck(torch.tanh, torch.randn(3, device="cuda", dtype=torch.float64, requires_grad=True))


@pytest.mark.parametrize("reentrant", [True, False])
def test_checkpoints_repeat_the_same_random_draws(reentrant: bool) -> None:
    net = nn.Sequential(nn.Linear(8, 8), nn.Dropout()).to("cuda")
    x = torch.ones(4, 8, device="cuda", requires_grad=True)
    out = checkpoint(net, x, use_reentrant=reentrant)
    out.sum().backward()

    assert x.grad is not None and net[0].bias.grad.tolist() == (2.0 * (out != 0)).sum(0).tolist()


def test_function_transforms() -> None:
    x = torch.arange(6.0, device="cuda").view(3, 2)

    assert torch.func.grad(lambda t: (t**2).sum())(x).tolist() == (2 * x).tolist()
    assert torch.func.vmap(lambda row: row + torch.ones(2, device=row.device))(x).tolist() == (x + 1).tolist()
    assert torch.func.jacrev(torch.sin)(x[0]).is_cuda and torch.func.jacfwd(torch.sin)(x[0]).is_cuda


# --- optimizers -------------------------------------------------------------------------------------------------

Make = Callable[[Any], torch.optim.Optimizer]
OPTIMIZERS: dict[str, Make] = {
    "SGD": lambda p: torch.optim.SGD(p, 0.1),
    "momentum": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, nesterov=True, weight_decay=0.1),
    "SGD foreach": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, foreach=True),
    "SGD fused": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, fused=True),
    "Adam": torch.optim.Adam,
    "Adam foreach": lambda p: torch.optim.Adam(p, foreach=True),
    "Adam fused": lambda p: torch.optim.Adam(p, fused=True),
    "Adam amsgrad": lambda p: torch.optim.Adam(p, amsgrad=True),
    "AdamW": torch.optim.AdamW,
    "AdamW foreach": lambda p: torch.optim.AdamW(p, foreach=True),
    "AdamW fused": lambda p: torch.optim.AdamW(p, fused=True),
    "RMSprop": torch.optim.RMSprop,
    "Adagrad": torch.optim.Adagrad,
    "NAdam": torch.optim.NAdam,
    "LBFGS": torch.optim.LBFGS,
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_walks_the_same_way_as_on_the_cpu(name: str) -> None:
    host = nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 2))
    ours = copy.deepcopy(host).to("cuda")
    x = torch.randn(7, 4)
    for net, batch in ((host, x), (ours, x.to("cuda"))):
        optimizer = OPTIMIZERS[name](net.parameters())
        for step in range(4):
            if step == 2:  # a resumed optimizer
                state = copy.deepcopy(optimizer.state_dict())
                optimizer = OPTIMIZERS[name](net.parameters())
                optimizer.load_state_dict(state)
            optimizer.step(closure(net, optimizer, batch))

    for p, q in zip(host.parameters(), ours.parameters(), strict=True):
        torch.testing.assert_close(q.cpu(), p)


def closure(net: nn.Module, optimizer: torch.optim.Optimizer, batch: torch.Tensor) -> Callable[[], torch.Tensor]:
    def run() -> torch.Tensor:
        optimizer.zero_grad()
        loss: torch.Tensor = net(batch).square().mean()
        loss.backward()
        return loss

    return run


@pytest.mark.parametrize("foreach", [None, True, False])
def test_gradients_can_be_clipped(foreach: bool | None) -> None:
    net = nn.Linear(2, 2).to("cuda")
    (net(torch.ones(1, 2, device="cuda")) * 100).sum().backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0, foreach=foreach)

    assert sum(p.grad.square().sum() for p in net.parameters()).item() == pytest.approx(1)


def test_training_learns_and_is_that_of_the_cpu() -> None:
    def train(device: str) -> list[float]:
        torch.manual_seed(0)
        net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(36, 3)).to(device)
        x, y = torch.randn(12, 1, 8, 8), torch.arange(12) % 3
        optimizer = torch.optim.SGD(net.parameters(), lr=0.2, momentum=0.9)
        losses = []
        for _ in range(20):
            loss = nnf.cross_entropy(net(x.to(device)), y.to(device))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return losses

    ours = train("cuda")
    assert ours == train("cpu") and ours[-1] < ours[0] / 20


# --- mixed precision --------------------------------------------------------------------------------------------

HALF, FLOAT = "half", torch.float32
AUTOCAST: dict[str, tuple[Callable[[torch.Tensor, torch.Tensor], torch.Tensor], object]] = {
    "matmul": (lambda x, h: x @ x, HALF),
    "linear": (lambda x, h: nnf.linear(x, x), HALF),
    "bmm": (lambda x, h: torch.bmm(x[None], x[None]), HALF),
    "einsum": (lambda x, h: torch.einsum("ij,jk->ik", x, x), HALF),
    "conv": (lambda x, h: nnf.conv2d(x[None, None], x[None, None]), HALF),
    "attention": (lambda x, h: nnf.scaled_dot_product_attention(x[None], x[None], x[None]), HALF),
    "lstm": (lambda x, h: nn.LSTM(4, 2).to("cuda")(x)[0], HALF),
    "multihead": (lambda x, h: nn.MultiheadAttention(4, 2).to("cuda")(x, x, x)[0], HALF),
    "relu of half": (lambda x, h: torch.relu(h), HALF),
    "softmax": (lambda x, h: torch.softmax(h, 1), FLOAT),
    "log_softmax": (lambda x, h: nnf.log_softmax(h, 1), FLOAT),
    "cross entropy": (lambda x, h: nnf.cross_entropy(h, torch.arange(4, device="cuda")), FLOAT),
    "mse": (lambda x, h: nnf.mse_loss(h, x), FLOAT),
    "norm": (lambda x, h: h.norm(), FLOAT),
    "layer norm": (lambda x, h: nnf.layer_norm(h, (4,)), FLOAT),
    "exp": (lambda x, h: h.exp(), FLOAT),
    "pow": (lambda x, h: h**2, FLOAT),
    "sum": (lambda x, h: h.sum(), FLOAT),
    "sum to a dtype": (lambda x, h: h.sum(dtype=torch.float64), torch.float64),
    "widest": (lambda x, h: torch.cat([x, h]), FLOAT),
    "dot": (lambda x, h: torch.dot(x[0], h[0]), FLOAT),
    "double": (lambda x, h: x.double() @ x.double(), torch.float64),
    "add": (lambda x, h: x + x, FLOAT),
    "on the CPU": (lambda x, h: torch.ones(2, 2) @ torch.ones(2, 2), FLOAT),
}


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
@pytest.mark.parametrize("name", AUTOCAST)
def test_autocast_chooses_the_types_of_cuda(name: str, dtype: torch.dtype) -> None:
    call, expected = AUTOCAST[name]
    x = torch.randn(4, 4, device="cuda")
    with torch.autocast("cuda", dtype=dtype):
        assert call(x, x.to(dtype)).dtype == (dtype if expected is HALF else expected)


def test_autocast_is_off_where_it_is_not_meant() -> None:
    x = torch.ones(2, 2, device="cuda")
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert (x @ x).dtype == torch.float32
    with torch.autocast("cuda"):
        assert (x @ x).dtype == torch.float16
        with torch.autocast("cuda", enabled=False):
            assert (x @ x).dtype == torch.float32
        with pytest.raises(RuntimeError, match="unsafe to autocast"):
            nnf.binary_cross_entropy(x, x)
    assert (x @ x).dtype == torch.float32


def test_gradients_of_autocast_are_full() -> None:
    net = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 2)).to("cuda")
    with torch.autocast("cuda", dtype=torch.bfloat16):
        loss = nnf.cross_entropy(net(torch.randn(3, 4, device="cuda")), torch.tensor([0, 1, 0], device="cuda"))
    loss.backward()

    assert all(p.grad is not None and p.grad.dtype == torch.float32 for p in net.parameters())


def test_the_scaler_skips_steps_that_overflow() -> None:
    scaler = torch.amp.GradScaler("cuda", init_scale=256.0)
    net = nn.Linear(4, 1).to("cuda")
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    scales, moved = [], []
    for value in (1.0, float("inf"), 1.0):
        before = net.weight.detach().clone()
        with torch.autocast("cuda"):
            loss = net(torch.full((2, 4), value, device="cuda")).float().mean()
        optimizer.zero_grad()
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        scaler.step(optimizer)
        scaler.update()
        scales.append(scaler.get_scale())
        moved.append(not torch.equal(before, net.weight))

    assert scaler.is_enabled() and scales == [256, 128, 128] and moved == [True, False, True]


# --- loaders ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [0, 1])
@pytest.mark.parametrize("pin", [False, True])
def test_a_loader_gives_cpu_batches_pinned_if_asked(workers: int, pin: bool) -> None:
    data = TensorDataset(torch.randn(10, 3), torch.arange(10))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        batches = list(DataLoader(data, batch_size=4, shuffle=True, num_workers=workers, pin_memory=pin))

    assert len(batches) == 3 and all(x.is_pinned() is pin and not x.is_cuda for x, _ in batches)
    assert sorted(torch.cat([y.to("cuda", non_blocking=True) for _, y in batches]).tolist()) == list(range(10))


class OnTheDevice(Dataset[torch.Tensor]):
    def __len__(self) -> int:
        return 4

    def __getitem__(self, index: int) -> torch.Tensor:
        return torch.full((2,), float(index), device="cuda")


def test_a_data_set_may_live_on_the_device() -> None:
    assert [batch.tolist() for batch in DataLoader(OnTheDevice(), batch_size=2)] == [[[0, 0], [1, 1]], [[2, 2], [3, 3]]]


def test_pinned_memory_is_marked() -> None:
    pinned = torch.ones(4).pin_memory()

    assert pinned.is_pinned() and pinned[1:].is_pinned() and pinned.pin_memory() is pinned
    assert torch.ones(2, pin_memory=True).is_pinned() and torch.tensor([1], pin_memory=True).is_pinned()
    assert not torch.ones(2).is_pinned() and not pinned.clone().is_pinned() and not pinned.cuda().is_pinned()
