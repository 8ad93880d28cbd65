"""The simulation begins and ends cleanly: nothing of PyTorch is changed outside of it, whatever happened inside."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from contextlib import ExitStack

import pytest
import torch
import torch.overrides
import torch.serialization
import torch.utils._python_dispatch
from torch import nn
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from grader.simcuda import simulated_cuda, start_simulation


def footprint() -> dict[str, object]:
    """Everything that the simulation could have left changed."""
    homes = [
        torch, torch._C, torch.cuda, torch.cuda.memory, torch.cuda.random, torch.cuda.streams, torch.accelerator,
        torch.Tensor, torch.nn.Module, torch.backends.cudnn, torch.serialization, torch.optim.Optimizer,
    ]  # fmt: skip
    found: dict[str, object] = {
        f"{home!r}.{name}": id(value)
        for home in homes
        for name, value in vars(home).items()
        if not name.startswith("__")
    }
    found["function modes"] = torch._C._len_torch_function_stack()
    found["dispatch modes"] = torch._C._len_torch_dispatch_stack()
    found["in dispatch mode"] = torch.utils._python_dispatch.is_in_torch_dispatch_mode()
    found["loaders"] = list(torch.serialization._package_registry)
    found["default device"] = torch.get_default_device()
    found["swap"] = torch.__future__.get_swap_module_params_on_conversion()
    found["privateuse1"] = torch._C._get_privateuse1_backend_name()
    found["accelerator"] = torch.accelerator.current_accelerator()
    found["autocast"] = torch._C._dispatch_dump("aten::linear") + torch._C._dispatch_dump("aten::lstm.input")
    found["default dtype"] = torch.get_default_dtype()
    found["random"] = torch.get_rng_state().tolist()
    found["multithreading"] = torch._C._is_multithreading_enabled()
    return found


def use_everything() -> None:
    net = nn.LSTM(2, 2).to("cuda")
    with torch.autocast("cuda"):
        net(torch.ones(1, 1, 2, device="cuda"))[0].sum().backward()
    torch.set_default_device("cuda")
    torch.cuda.manual_seed(3)
    torch.compile(net)


def test_after_the_block_everything_is_as_before() -> None:
    before = footprint()
    with simulated_cuda():
        assert torch.cuda.is_available()
        kept_seed = torch.get_rng_state()
        use_everything()
        torch.set_rng_state(kept_seed)

    assert footprint() == before


def test_an_exception_ends_it_too() -> None:
    before = footprint()
    with pytest.raises(ZeroDivisionError), simulated_cuda():
        torch.set_default_device("cuda")
        raise ZeroDivisionError

    assert footprint() == before


def test_a_failing_start_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("no kernels")

    before = footprint()
    with monkeypatch.context() as patch, pytest.raises(OSError, match="no kernels"):
        patch.setattr("grader.simcuda.autocast.install", fail)
        start_simulation()

    assert footprint() == before


def test_there_is_one_simulation_at_a_time() -> None:
    with simulated_cuda() as device:
        with pytest.raises(RuntimeError, match="already active"), simulated_cuda():
            pass
        assert device.active and torch.zeros(1, device="cuda").is_cuda

    with simulated_cuda():
        assert torch.cuda.is_available()


@pytest.mark.parametrize("options", [{"devices": 0}, {"memory": 0}])
def test_a_simulation_without_device_or_memory_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least one device"):
        start_simulation(**options)


def test_it_can_be_started_and_stopped_without_a_block() -> None:
    before = footprint()
    device = start_simulation(devices=2)
    assert torch.cuda.device_count() == 2
    device.stop()
    device.stop()

    assert footprint() == before and not device.active


def test_it_can_be_part_of_an_exit_stack() -> None:
    with ExitStack() as stack:
        device = stack.enter_context(simulated_cuda())
        assert device.active

    assert not device.active


def test_the_machine_is_the_one_that_was_asked_for() -> None:
    with simulated_cuda(devices=2, memory=1 << 20):
        properties = torch.cuda.get_device_properties("cuda:1")
        assert (properties.name, properties.total_memory) == ("Simulated CUDA device", 1 << 20)
        assert torch.cuda.get_device_name() == properties.name
        assert torch.cuda.get_device_capability() == (properties.major, properties.minor) == (8, 0)
        assert (torch.cuda.device_count(), torch.cuda.current_device(), torch.cuda.is_initialized()) == (2, 0, True)
        assert torch.accelerator.current_accelerator() == torch.device("cuda")
        assert torch.cuda.is_bf16_supported() and "allocated" in torch.cuda.memory_summary()


def test_tensors_outlive_the_simulation() -> None:
    with simulated_cuda() as device:
        kept = torch.arange(3.0, device="cuda")
    assert kept.is_cuda and kept.tolist() == [0, 1, 2] and (kept + 1).cpu().tolist() == [1, 2, 3]
    assert repr(kept) == "tensor([0., 1., 2.], device='cuda:0')" and device.counts.device_to_host == 2

    with simulated_cuda() as second:
        assert (kept + torch.ones(3, device="cuda")).tolist() == [1, 2, 3]
        assert second.counts.operations == 2


def test_modes_that_a_user_left_on_stay_on() -> None:
    class Spy(TorchFunctionMode):
        def __torch_function__(self, func, types, args=(), kwargs=None):  # type: ignore[no-untyped-def]
            return func(*args, **(kwargs or {}))

    class DispatchSpy(TorchDispatchMode):
        def __torch_dispatch__(self, func, types, args=(), kwargs=None):  # type: ignore[no-untyped-def]
            return func(*args, **(kwargs or {}))

    device = start_simulation()
    with Spy() as spy, DispatchSpy() as dispatch_spy:
        device.stop()
        assert torch.overrides._get_current_function_mode_stack() == [spy]
        assert torch.utils._python_dispatch._get_current_dispatch_mode() is dispatch_spy


def test_a_spy_on_function_calls_sees_the_users_calls() -> None:
    seen = []

    class Spy(TorchFunctionMode):
        def __torch_function__(self, func, types, args=(), kwargs=None):  # type: ignore[no-untyped-def]
            seen.append(func.__name__)
            return func(*args, **(kwargs or {}))

    with simulated_cuda(), Spy():
        t = torch.ones(2).cuda()
        nn.functional.cross_entropy(t[None], torch.tensor([1]).cuda()).item()

    assert seen == ["ones", "cuda", "__getitem__", "tensor", "cuda", "cross_entropy", "item"]


def test_a_thread_that_was_there_before_computes_and_may_not_stop_it() -> None:
    begin, shared, sums, errors = threading.Event(), [], [], []

    def elsewhere() -> None:
        begin.wait()
        sums.append((shared[0] * 2).sum().item())
        try:
            shared[1].stop()
        except RuntimeError as error:
            errors.append(str(error))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    with simulated_cuda() as device:
        shared += [torch.ones(3, device="cuda"), device]
        begin.set()
        thread.join()

    assert sums == [6.0] and "by the thread that started it" in errors[0]


def in_child(check: Callable[[], object]) -> object:
    def run(connection: object) -> None:
        connection.send(check())  # type: ignore[attr-defined]

    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=run, args=(theirs,))
    child.start()
    answer = ours.recv() if ours.poll(60) else "no answer"
    child.join()
    return answer


def a_training_step() -> float:
    torch.set_num_threads(1)
    with simulated_cuda() as device:
        net = nn.Linear(3, 1).to("cuda")
        net(torch.ones(2, 3).to("cuda")).sum().backward()
        assert net.weight.grad is not None
        return float(device.counts.host_to_device) + net.weight.grad.sum().item()


def test_it_works_in_a_forked_child() -> None:
    assert in_child(a_training_step) == 3 + 6


def test_a_child_of_a_simulation_cannot_use_its_device() -> None:
    def use() -> list[str]:
        said = []
        for call in (lambda: torch.zeros(1, device="cuda"), lambda: shared + 1, shared.cpu):
            try:
                call()
            except RuntimeError as error:
                said.append(str(error)[:49])
        return said

    with simulated_cuda():
        shared = torch.ones(2, device="cuda")
        assert in_child(use) == ["Cannot re-initialize CUDA in forked subprocess. T"] * 3


def test_nothing_is_loaded_or_changed_by_the_import() -> None:
    code = """
        import sys, torch
        before = {(home, name): id(value) for home in (torch, torch.cuda, torch.Tensor, torch.nn.Module)
                  for name, value in vars(home).items()}
        import grader.simcuda
        after = {(home, name): id(value) for home in (torch, torch.cuda, torch.Tensor, torch.nn.Module)
                 for name, value in vars(home).items()}
        assert before.items() <= after.items()
        with grader.simcuda.simulated_cuda():
            torch.nn.Linear(2, 2).to("cuda")(torch.ones(1, 2, device="cuda")).sum().backward()
        others = [m for m in sys.modules if m.startswith("grader.") and not m.startswith("grader.simcuda")]
        assert not others, others
        assert "torch._dynamo" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, timeout=120)
