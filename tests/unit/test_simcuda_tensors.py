"""Tensors of the simulated device behave as those of a CUDA device: names, moves, views, random numbers, files."""

from __future__ import annotations

import copy
import io
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch
from torch import nn

from grader.simcuda import SimulatedCuda, simulated_cuda


@pytest.fixture(autouse=True)
def device() -> Iterator[SimulatedCuda]:
    torch.manual_seed(0)
    with simulated_cuda(devices=2) as device:
        yield device


def on(tensor: torch.Tensor, index: int = 0) -> bool:
    return tensor.is_cuda and tensor.device == torch.device("cuda", index) and tensor.get_device() == index


# --- names ------------------------------------------------------------------------------------------------------


def test_a_device_tensor_shows_its_device_everywhere() -> None:
    t = torch.zeros(2, device="cuda")

    assert t.device == torch.device("cuda:0")
    assert (t.device.type, t.device.index, t.is_cuda, t.is_cpu, t.is_meta, t.get_device()) == (
        ("cuda", 0, True, False, False, 0)
    )
    assert t.type() == "torch.cuda.FloatTensor"
    assert str(type(t)) == "<class 'torch.Tensor'>"
    assert isinstance(t, torch.cuda.FloatTensor) and not isinstance(torch.zeros(2), torch.cuda.FloatTensor)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: torch.tensor([1.0, 2], device="cuda"), "tensor([1., 2.], device='cuda:0')"),
        (lambda: torch.tensor(3, device="cuda:1"), "tensor(3, device='cuda:1')"),
        (
            lambda: torch.tensor([1.0], device="cuda", dtype=torch.float64, requires_grad=True),
            "tensor([1.], device='cuda:0', dtype=torch.float64, requires_grad=True)",
        ),
        (lambda: torch.zeros(0, 3, device="cuda"), "tensor([], device='cuda:0', size=(0, 3))"),
        (
            lambda: torch.ones(1, device="cuda", requires_grad=True) * 2,
            "tensor([2.], device='cuda:0', grad_fn=<MulBackward0>)",
        ),
        (
            lambda: nn.Parameter(torch.ones(1, device="cuda")),
            "Parameter containing:\ntensor([1.], device='cuda:0', requires_grad=True)",
        ),
    ],
)
def test_the_repr_is_that_of_a_cuda_tensor(make: Callable[[], torch.Tensor], expected: str) -> None:
    assert repr(make()) == expected


def test_a_number_on_the_device_can_be_formatted() -> None:
    assert f"{torch.tensor(1.234, device='cuda'):.2f}" == "1.23"


# --- making tensors ---------------------------------------------------------------------------------------------

FACTORIES: dict[str, Callable[[object], torch.Tensor]] = {
    "zeros": lambda d: torch.zeros(2, 3, device=d),
    "ones": lambda d: torch.ones(2, device=d),
    "empty": lambda d: torch.empty(2, device=d).fill_(1),
    "full": lambda d: torch.full((2,), 3.5, device=d),
    "eye": lambda d: torch.eye(3, device=d),
    "arange": lambda d: torch.arange(1, 10, 2, device=d),
    "linspace": lambda d: torch.linspace(0, 1, 5, device=d),
    "logspace": lambda d: torch.logspace(0, 1, 3, device=d),
    "tensor": lambda d: torch.tensor([[1, 2], [3, 4]], device=d),
    "tensor of a float": lambda d: torch.tensor(2.5, dtype=torch.float64, device=d),
    "as_tensor of a list": lambda d: torch.as_tensor([1.5, 2], device=d),
    "as_tensor of an array": lambda d: torch.as_tensor(np.arange(3), device=d),
    "asarray": lambda d: torch.asarray([1, 2], device=d),
    "from_numpy, to": lambda d: torch.from_numpy(np.arange(3.0)).to(d),
    "scalar_tensor": lambda d: torch.scalar_tensor(3, device=d),
    "tril_indices": lambda d: torch.tril_indices(3, 3, device=d),
    "hann_window": lambda d: torch.hann_window(4, device=d),
    "zeros_like": lambda d: torch.zeros_like(torch.ones(2), device=d),
    "ones_like": lambda d: torch.ones_like(torch.ones(2).to(d)),
    "full_like": lambda d: torch.full_like(torch.ones(2).to(d), 7),
    "new_zeros": lambda d: torch.ones(2).new_zeros(3, device=d),
    "new_ones": lambda d: torch.ones(2).to(d).new_ones(3),
    "new_full": lambda d: torch.ones(2).to(d).new_full((2,), 4),
    "new_tensor": lambda d: torch.ones(2).to(d).new_tensor([3, 4]),
    "type_as": lambda d: torch.ones(2).type_as(torch.zeros(1, device=d)),
    "to a tensor": lambda d: torch.ones(2).to(torch.zeros(1, device=d)),
    "sparse index": lambda d: torch.nonzero(torch.eye(2, device=d)),
}


@pytest.mark.parametrize("name", FACTORIES)
@pytest.mark.parametrize("where", ["cuda", "cuda:1", torch.device("cuda", 1), 1])
def test_factories_make_the_values_of_the_cpu_on_the_device(name: str, where: object) -> None:
    made, expected = FACTORIES[name](where), FACTORIES[name]("cpu")

    assert on(made, 0 if where == "cuda" else 1)
    assert not expected.is_cuda
    assert (made.dtype, made.tolist()) == (expected.dtype, expected.tolist())


def test_a_users_meta_tensor_stays_one() -> None:
    t = torch.ones(2, device="meta")

    assert t.is_meta and not t.is_cuda
    assert torch.ones(2, device="cuda").to("meta").is_meta


def test_moving_copies_and_keeps_the_original() -> None:
    host = torch.arange(3.0)
    moved = host.to("cuda")
    host[0] = 9

    assert moved.tolist() == [0, 1, 2]
    assert moved.to("cuda") is moved and moved.cuda() is moved
    assert moved.cpu().tolist() == [0, 1, 2] and not moved.cpu().is_cuda
    assert moved.to("cpu", torch.int64).dtype == torch.int64
    assert on(host.to("cuda:1", torch.float16, non_blocking=True), 1)
    assert on(host.cuda(1), 1) and on(moved.to(device=1), 1)


def test_legacy_types_name_a_device() -> None:
    assert on(torch.ones(2).type("torch.cuda.DoubleTensor")) and on(torch.ones(2).type(torch.cuda.HalfTensor))
    assert not torch.ones(2, device="cuda").type("torch.FloatTensor").is_cuda
    assert on(torch.cuda.FloatTensor([1, 2]))


def test_the_default_device_may_be_the_simulated_one() -> None:
    torch.set_default_device("cuda")

    assert on(torch.zeros(2)) and on(nn.Linear(2, 2).weight) and on(torch.as_tensor([1, 2]))
    assert torch.tensor([1.5]).tolist() == [1.5]
    assert torch.get_default_device() == torch.device("cuda:0")
    assert not torch.zeros(2, device="cpu").is_cuda and not torch.from_numpy(np.ones(2)).is_cuda


def test_a_device_is_a_context() -> None:
    with torch.device("cuda:1"):
        assert on(torch.ones(2), 1) and on(nn.Conv2d(1, 2, 3).weight, 1) and torch.tensor([2]).tolist() == [2]

    assert not torch.ones(2).is_cuda


def test_the_current_device_is_what_cuda_means() -> None:
    torch.cuda.set_device(1)
    with torch.cuda.device(0):
        assert torch.cuda.current_device() == 0 and on(torch.zeros(1, device="cuda"))

    assert torch.cuda.current_device() == 1 and on(torch.ones(1).cuda(), 1)


# --- views, in place, indexing ----------------------------------------------------------------------------------


def test_a_view_shares_memory_with_its_base() -> None:
    base = torch.zeros(3, 4, device="cuda")
    base[1].fill_(5)
    base.view(-1)[0] = 7
    base.t()[3, 2] = 8

    assert base.tolist() == [[7, 0, 0, 0], [5, 5, 5, 5], [0, 0, 0, 8]]
    assert base[1].data_ptr() == base.data_ptr() + 16
    assert base[1:].untyped_storage().data_ptr() == base.untyped_storage().data_ptr()
    assert base.clone().data_ptr() != base.data_ptr()


def test_shapes_may_change_in_place() -> None:
    t = torch.arange(6.0, device="cuda").view(1, 2, 3)

    assert t.squeeze_(0).shape == (2, 3)
    assert t.t_().shape == (3, 2) and t.stride() == (1, 3)
    assert torch.ones(2, device="cuda").resize_(5).shape == (5,)
    assert torch.empty(0, device="cuda").set_(t).tolist() == t.tolist()


def test_results_may_be_written_to_an_argument() -> None:
    x = torch.arange(4.0, device="cuda")
    out, empty = torch.empty(4, device="cuda"), torch.empty(0, device="cuda")

    assert torch.add(x, 1, out=out) is out and out.tolist() == [1, 2, 3, 4]
    assert torch.mul(x, 2, out=empty).tolist() == [0, 2, 4, 6] and empty.shape == (4,)
    assert torch.max(x.view(2, 2), 1, out=(torch.empty(2, device="cuda"), torch.empty(2, dtype=torch.long).cuda()))


INDICES = [
    [0, 2], [True, False, True], ([0, 1], [1, 2]), (slice(None), [0, 1]), np.array([0, 1]), range(2), [], None, True,
    (..., 1), -1, np.int64(1), torch.tensor([2, 0]), torch.tensor([True, False, True]), (slice(0, 2), 1),
]  # fmt: skip


@pytest.mark.parametrize("index", INDICES, ids=repr)
def test_every_kind_of_index_reads_and_writes_as_on_the_cpu(index: object) -> None:
    host = torch.arange(12).view(3, 4)
    ours = host.cuda()
    assert torch.equal(ours[index].cpu(), host[index])

    ours[index] = 7
    host[index] = 7
    assert torch.equal(ours.cpu(), host)


def test_data_can_be_replaced() -> None:
    t, other = torch.zeros(2, device="cuda"), torch.ones(3, device="cuda")
    t.data = other
    other[0] = 5

    assert t.tolist() == [5, 1, 1]


def test_a_cpu_number_may_join_device_tensors() -> None:
    x, two = torch.arange(3.0, device="cuda"), torch.tensor(2.0, requires_grad=True)
    (x * two + torch.where(x > 1, x, torch.tensor(0.0))).sum().backward()

    assert two.grad is not None and not two.grad.is_cuda and two.grad.item() == 3


# --- copies and files -------------------------------------------------------------------------------------------


def test_deep_copies_are_apart_and_keep_what_is_shared() -> None:
    base = torch.arange(4.0, device="cuda:1")
    first, view = copy.deepcopy([base, base[2:]])
    first.fill_(9)

    assert on(first, 1) and base.tolist() == [0, 1, 2, 3] and view.tolist() == [9, 9]
    with pytest.raises(RuntimeError, match="graph leaves"):
        copy.deepcopy(torch.ones(1, device="cuda", requires_grad=True) * 2)


def test_a_copied_module_has_parameters_of_its_own() -> None:
    net = nn.Linear(2, 2).to("cuda")
    net(torch.ones(1, 2, device="cuda")).sum().backward()
    twin = copy.deepcopy(net)

    assert isinstance(twin.weight, nn.Parameter) and twin.weight is not net.weight
    assert torch.equal(twin.weight, net.weight) and torch.equal(twin.weight.grad, net.weight.grad)
    assert twin.weight.data_ptr() != net.weight.data_ptr()


def saved(value: object) -> io.BytesIO:
    file = io.BytesIO()
    torch.save(value, file)
    file.seek(0)
    return file


@pytest.mark.parametrize(
    ("map_location", "index"),
    [(None, 0), ("cuda", 0), ("cuda:1", 1), (torch.device("cuda"), 0), ({"cuda:0": "cuda:1"}, 1)],
    ids=repr,
)
def test_a_file_loads_onto_the_device_that_is_asked_for(map_location: object, index: int) -> None:
    state = nn.Linear(2, 2).to("cuda").state_dict()
    loaded = torch.load(saved(state), map_location=map_location)

    assert all(on(value, index) for value in loaded.values())
    assert loaded["weight"].tolist() == state["weight"].tolist()


@pytest.mark.parametrize("map_location", ["cpu", lambda storage, location: storage, {"cuda:0": "cpu"}])
def test_a_file_loads_onto_the_cpu(map_location: object) -> None:
    loaded = torch.load(saved(torch.arange(3, device="cuda")), map_location=map_location)

    assert loaded.tolist() == [0, 1, 2] and not loaded.is_cuda


def test_a_cpu_file_loads_onto_the_device() -> None:
    assert on(torch.load(saved(torch.ones(3)), map_location="cuda"))


def test_a_file_is_that_of_a_cuda_device_to_ordinary_torch(device: SimulatedCuda, tmp_path: Path) -> None:
    base = torch.arange(6.0, device="cuda").view(2, 3)
    torch.save({"base": base, "view": base[1]}, tmp_path / "file.pt")
    device.stop()

    loaded = torch.load(tmp_path / "file.pt", map_location="cpu")
    loaded["base"].fill_(4)
    assert type(loaded["base"]) is torch.Tensor and loaded["view"].tolist() == [4, 4, 4]
    if not torch.cuda.is_available():
        with pytest.raises(RuntimeError, match="Attempting to deserialize object on a CUDA device"):
            torch.load(tmp_path / "file.pt")


def test_safetensors_hold_the_values() -> None:
    weights = {"a": torch.arange(3.0, device="cuda"), "b": torch.ones(2, 2, device="cuda:1").t()}
    loaded = safetensors.torch.load(safetensors.torch.save({k: v.contiguous() for k, v in weights.items()}))

    assert loaded["a"].tolist() == [0, 1, 2] and not loaded["b"].is_cuda


def test_whole_modules_and_pickles_keep_device_and_kind() -> None:
    net = torch.load(saved(nn.Linear(2, 2).to("cuda:1")), weights_only=False)
    back = pickle.loads(pickle.dumps(torch.arange(3, device="cuda")))  # noqa: S301 (our own bytes)

    assert on(net.weight, 1) and isinstance(net.weight, nn.Parameter)
    assert on(back) and back.tolist() == [0, 1, 2]


# --- random numbers ---------------------------------------------------------------------------------------------


def test_one_seed_gives_other_numbers_on_the_device_than_on_the_cpu() -> None:
    torch.manual_seed(5)
    host, first = torch.randn(8), torch.randn(8, device="cuda")
    torch.manual_seed(5)
    again, other_card = torch.randn(8, device="cuda"), torch.randn(8, device="cuda:1")

    assert not torch.equal(first.cpu(), host)
    assert torch.equal(first, again) and torch.equal(again.cpu(), other_card.cpu())


def test_the_generators_of_cpu_and_device_do_not_disturb_each_other() -> None:
    torch.manual_seed(5)
    torch.rand(8, device="cuda")
    disturbed = torch.rand(8)
    torch.manual_seed(5)

    assert torch.equal(disturbed, torch.rand(8))


def test_seeding_the_device_leaves_the_cpu_alone() -> None:
    torch.manual_seed(5)
    torch.rand(3)
    state = torch.get_rng_state()
    torch.cuda.manual_seed(5)

    assert torch.equal(state, torch.get_rng_state()) and torch.cuda.initial_seed() == 5
    first = torch.rand(3, device="cuda")
    torch.cuda.manual_seed_all(5)
    assert torch.equal(first, torch.rand(3, device="cuda"))


def test_a_device_generator_draws_what_the_seeded_device_draws() -> None:
    generator = torch.Generator(device="cuda")
    generator.manual_seed(3)
    torch.cuda.manual_seed(3)

    assert isinstance(generator, torch.Generator) and isinstance(torch.Generator(), torch.Generator)
    assert (generator.device, generator.initial_seed()) == (torch.device("cuda:0"), 3)
    assert torch.equal(torch.randn(4, device="cuda", generator=generator), torch.randn(4, device="cuda"))


@pytest.mark.parametrize(
    "draw",
    [
        lambda: torch.rand(5, device="cuda"), lambda: torch.randint(0, 100, (5,), device="cuda"),
        lambda: torch.randperm(20, device="cuda"), lambda: torch.empty(5, device="cuda").uniform_(),
        lambda: torch.rand_like(torch.ones(5, device="cuda")), lambda: torch.bernoulli(torch.ones(9).cuda() / 2),
        lambda: nn.functional.dropout(torch.ones(50, device="cuda")), lambda: nn.Linear(3, 3, device="cuda").weight,
        lambda: torch.normal(torch.zeros(4, device="cuda"), 1.0), lambda: torch.multinomial(torch.ones(9).cuda(), 5),
    ],
)  # fmt: skip
def test_a_restored_state_repeats_every_kind_of_draw(draw: Callable[[], torch.Tensor]) -> None:
    state = torch.cuda.get_rng_state()
    first, second = draw(), draw()
    torch.cuda.set_rng_state(state)

    assert not torch.equal(first, second)
    assert torch.equal(draw(), first)


def test_the_random_state_can_be_forked() -> None:
    before = torch.cuda.get_rng_state_all()
    with torch.random.fork_rng(devices=[0, 1]):
        torch.rand(3, device="cuda:1")

    assert all(torch.equal(a, b) for a, b in zip(before, torch.cuda.get_rng_state_all(), strict=True))
