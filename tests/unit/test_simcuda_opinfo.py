"""The simulated device agrees with the CPU on PyTorch's own table of operations and samples (`op_db`).

The comparison runs in a process of its own: importing the table switches off PyTorch's global flags for good. Run this
file as a script to see the result: `python tests/unit/test_simcuda_opinfo.py [samples of each operation] [mode]`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import types
import unittest
import warnings
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
import torch

from grader.simcuda import generator, simulated_cuda
from grader.simcuda.tensor import DeviceTensor

SAMPLES = 3
EVERY_DAY = 4  # of so many operations one is tried every day
# Their values are whatever was in memory.
WITHOUT_VALUES = ("empty", "new_empty", "empty_like", "empty_strided", "empty_permuted", "new_empty_strided")
# `to` moves tensors itself; `tensor_split` must read its indices from the CPU on a real device too; no sparse tensors.
LEFT_OUT = {"to", "tensor_split", "to_sparse"}


@pytest.mark.parametrize(
    ("samples", "mode", "step"),
    [
        (1, "training", EVERY_DAY),
        *(pytest.param(SAMPLES, mode, 1, marks=pytest.mark.slow) for mode in ("training", "inference")),
    ],
)
def test_pytorchs_own_table_of_operations_agrees(samples: int, mode: str, step: int) -> None:
    command = [sys.executable, __file__, str(samples), mode, str(step)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout.splitlines()[-1])
    if "skipped" in result:
        pytest.skip(result["skipped"])

    assert result["different"] == {}
    assert result["operations"] > 500 / step and result["rounded"] < 0.01 * result["same"] + (
        step > 1
    )  # of a part, to within one


def table() -> list[Any]:
    """PyTorch's table. It imports a package for its own test cases that need not be installed to read it."""
    sys.modules.setdefault("expecttest", types.SimpleNamespace(TestCase=unittest.TestCase))  # type: ignore[arg-type]
    from torch.testing._internal.common_methods_invocations import op_db

    return list(op_db)


def tensors_in(value: Any) -> Iterator[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from tensors_in(one)
    elif isinstance(value, dict):
        yield from tensors_in(list(value.values()))


def moved(value: Any, device: str) -> Any:
    if isinstance(value, torch.Tensor):
        return value.detach().clone().to(device).requires_grad_(value.requires_grad)
    return torch.device(device) if isinstance(value, torch.device) or value == "cpu" else value


def run(op: Any, sample: Any, device: str, infers: bool) -> list[Any]:
    """Outputs and gradients, or the exception; in inference mode what was made outside of it is worked on."""
    sample = sample.transform(lambda value: moved(value, device) if not isinstance(value, str) else value)
    sample.kwargs = {k: moved(v, device) if k == "device" else v for k, v in sample.kwargs.items()}
    torch.manual_seed(0)
    try:
        with torch.inference_mode(infers):
            out = op(sample.input, *sample.args, **sample.kwargs)
        leaves = [t for t in tensors_in((sample.input, sample.args, sample.kwargs)) if t.requires_grad and t.is_leaf]
        heads = [t for t in tensors_in(out) if t.requires_grad]
        sums = [torch.view_as_real(t).sum() if t.is_complex() else t.sum() for t in heads]
        grads = torch.autograd.grad(sums, leaves, allow_unused=True) if heads and leaves else ()
    except Exception as error:
        return [type(error)]
    return [*tensors_in(out), *grads]


def verdict(op: Any, host: list[Any], ours: list[Any]) -> str:
    if len(host) != len(ours):
        return f"{len(host)} results on the CPU, {len(ours)} on the device"
    worst = "same"
    for expected, found in zip(host, ours, strict=True):
        if not isinstance(expected, torch.Tensor) or not isinstance(found, torch.Tensor):
            if expected is not found:
                return f"{expected} on the CPU, {found} on the device"
            continue
        if not isinstance(found, DeviceTensor):
            return "a result that is not on the device"
        if found.is_inference() != expected.is_inference():
            return "made in inference mode, or not, unlike on the CPU"
        values = found.detach().cpu()
        if (expected.dtype, expected.shape) != (values.dtype, values.shape):
            return "another dtype or shape"
        if op.name in WITHOUT_VALUES or torch.equal(bits(expected), bits(values)):
            continue
        try:
            torch.testing.assert_close(values, expected.detach(), equal_nan=True)
            worst = "rounded"
        except AssertionError as error:
            return str(error)
    return worst


def bits(tensor: torch.Tensor) -> torch.Tensor:
    """NaNs made equal; half-precision complex numbers widened, for want of a comparison."""
    wide = tensor.detach().to(torch.complex64) if tensor.dtype == torch.complex32 else tensor.detach()
    return torch.nan_to_num(wide) if wide.is_floating_point() or wide.is_complex() else wide


def samples_of(op: Any, limit: int) -> list[Any]:
    """The first samples that are dense and say where they live, made while there is no device to make them for."""
    dtype = next((d for d in (torch.float32, torch.int64, torch.bool) if op.supports_dtype(d, "cpu")), None)
    if dtype is None or op.name in LEFT_OUT:
        return []
    grad = op.supports_autograd and dtype == torch.float32
    samples = islice(op.sample_inputs("cpu", dtype, requires_grad=grad), limit)
    return [sample for sample in samples if is_on_a_device(sample)]


def is_on_a_device(sample: Any) -> bool:
    tensors = list(tensors_in((sample.input, sample.args, sample.kwargs)))
    return all(t.layout == torch.strided for t in tensors) and bool(tensors or "device" in sample.kwargs)


def main(limit: int, infers: bool, step: int) -> dict[str, Any]:
    try:
        cases = [(op, samples_of(op, limit)) for op in table()[::step]]
    except ImportError as error:
        return {"skipped": f"PyTorch's table of operations does not import here: {error!r}"}
    counted: Counter[str] = Counter(operations=sum(bool(samples) for _, samples in cases))
    different: dict[str, str] = {}
    generator._SALT = 0  # the device then draws the CPU's numbers, so that random operations can be compared
    with simulated_cuda(memory=1 << 40):
        for op, sample in ((op, sample) for op, samples in cases for sample in samples):
            found = verdict(op, run(op, sample, "cpu", infers), run(op, sample, "cuda", infers))
            counted[found if found in ("same", "rounded") else "different"] += 1
            if found not in ("same", "rounded"):
                different[f"{op.name} {op.variant_test_name}".strip()] = found
    return {**counted, "different": different}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    samples, mode, step = [*sys.argv[1:], *(str(SAMPLES), "training", "1")[len(sys.argv) - 1 :]]
    print(json.dumps(main(int(samples), mode == "inference", int(step))))
