"""The sentences and exception types of a real CUDA device."""

from __future__ import annotations

import re
from typing import Any

import torch

from grader.simcuda.memory import Memory


def words(text: str) -> frozenset[str]:
    """The words of a text, for tables of names."""
    return frozenset(text.split())


_HINTS = """
CUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace below might be incorrect.
For debugging consider passing CUDA_LAUNCH_BLOCKING=1
Compile with `TORCH_USE_CUDA_DSA` to enable device-side assertions.
"""

# Kernels whose generated wrapper is named without an underscore for the missing overload.
_STRUCTURED = words(
    "addmm addmv baddbmm bmm cat gather mm nll_loss_forward nll_loss_backward scatter scatter_add scatter_reduce"
    " addmm_ addmv_ baddbmm_ gather_ scatter_ scatter_add_ index_add index_copy linalg_vector_norm topk sort"
)
# Operations that a real device runs as another one.
_RUN_AS = {"embedding": "index_select"}
_ARGUMENT_OF = {("embedding", "indices"): "index", ("embedding", "weight"): "self"}


def invalid_ordinal() -> RuntimeError:
    error: type[RuntimeError] = getattr(torch, "AcceleratorError", RuntimeError)
    return error(
        "CUDA error: invalid device ordinal\nGPU device may be out of range, do you have enough GPUs?" + _HINTS
    )


def device_assert() -> RuntimeError:
    error: type[RuntimeError] = getattr(torch, "AcceleratorError", RuntimeError)
    return error("CUDA error: device-side assert triggered" + _HINTS)


def not_deterministic(kernel: str) -> str:
    return (
        f"{kernel} does not have a deterministic implementation, but you set 'torch.use_deterministic_algorithms(True)'"
        ". You can turn off determinism just for this operation, or you can use the 'warn_only=True' option, if that's "
        "acceptable for your application. You can also file an issue at https://github.com/pytorch/pytorch/issues to "
        "help us prioritize adding deterministic support for this operation."
    )


def not_deterministic_warning(kernel: str) -> str:
    return (
        f"{kernel} does not have a deterministic implementation, but you set 'torch.use_deterministic_algorithms(True, "
        "warn_only=True)'. You can file an issue at https://github.com/pytorch/pytorch/issues to help us prioritize "
        "adding deterministic support for this operation."
    )


def missing_card(index: int, count: int) -> RuntimeError:
    """What `torch.load` says of a file whose tensors lay on a card that this machine lacks."""
    return RuntimeError(
        f"Attempting to deserialize object on CUDA device {index} but torch.cuda.device_count() is {count}. Please use "
        "torch.load with map_location to map your storages to an existing device."
    )


def cpu_only(method: str) -> TypeError:
    return TypeError(f"{method} is only implemented on CPU tensors")


def used_after_fork() -> RuntimeError:
    return RuntimeError(
        "Cannot re-initialize CUDA in forked subprocess. "
        "To use CUDA with multiprocessing, you must use the 'spawn' start method"
    )


def out_of_memory(index: int, memory: Memory, size: int) -> torch.OutOfMemoryError:
    idle = memory.reserved - memory.allocated
    return torch.OutOfMemoryError(
        f"CUDA out of memory. Tried to allocate {_size(size)}. GPU {index} has a total capacity of "
        f"{_size(memory.capacity)} of which {_size(memory.free)} is free. Including non-PyTorch memory, this process "
        f"has {_size(memory.reserved)} memory in use. Of the allocated memory {_size(memory.allocated)} is allocated "
        f"by PyTorch, and {_size(idle)} is reserved by PyTorch but unallocated. If reserved but unallocated memory is "
        "large try setting PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True to avoid fragmentation.  See documentation "
        "for Memory Management  (https://docs.pytorch.org/docs/stable/notes/cuda.html"
        "#optimizing-memory-usage-with-pytorch-cuda-alloc-conf)"
    )


def _size(size: int) -> str:
    for unit, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if size >= unit:
            return f"{size / unit:.2f} {name}"
    return f"{size} bytes"


def two_devices(first: torch.device, second: torch.device) -> RuntimeError:
    """What element-wise operations say."""
    return RuntimeError(
        f"Expected all tensors to be on the same device, but found at least two devices, {first} and {second}!"
    )


def odd_argument(op: Any, argument: str, odd: torch.device, others: torch.device) -> RuntimeError:
    """What the other operations say: they name the argument and the kernel."""
    name, overload = op._schema.name.removeprefix("aten::"), op._schema.overload_name
    argument = _ARGUMENT_OF.get((name, argument), argument)
    name = _RUN_AS.get(name, name)
    kernel = "_".join(part for part in (name, overload) if part) if name in _STRUCTURED else f"{overload}_{name}"
    return RuntimeError(
        f"Expected all tensors to be on the same device, but got {argument} is on {odd}, different from other tensors "
        f"on {others} (when checking argument in method wrapper_CUDA_{kernel})"
    )


def mixed_convolution(given: torch.Tensor, weight: torch.Tensor, what: str) -> RuntimeError:
    message = f"Input type ({given.type()}) and {what} type ({weight.type()}) should be the same"
    if given.device.type == "cpu":
        message += f" or input should be a MKLDNN tensor and {what} is a dense tensor"
    return RuntimeError(message)


def index_elsewhere() -> RuntimeError:
    return RuntimeError("indices should be either on cpu or on the same device as the indexed tensor (cpu)")


def lengths_on_device(lengths: torch.Tensor) -> RuntimeError:
    name = lengths.type().rpartition(".")[2].removesuffix("Tensor")
    return RuntimeError(
        f"'lengths' argument should be a 1D CPU int64 tensor, but got {lengths.dim()}D {lengths.device} {name} tensor"
    )


def wrong_generator(expected: str, found: str) -> RuntimeError:
    return RuntimeError(f"Expected a '{expected}' device type for generator but found '{found}'")


def no_numpy(device: torch.device) -> TypeError:
    return TypeError(
        f"can't convert {device} device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first."
    )


def no_dlpack() -> NotImplementedError:
    return NotImplementedError(
        "the simulated CUDA device shares no memory through DLPack: bring the tensor to the CPU first"
    )


def cannot_pin(tensor: torch.Tensor) -> RuntimeError:
    return RuntimeError(f"cannot pin '{tensor.type()}' only dense CPU tensors can be pinned")


def reworded(error: Exception) -> bool:
    """Replace, in an error of PyTorch's C++ side, the device that C++ sees by the one that the user sees.

    Returns whether anything was replaced.
    """
    text = str(error)
    if "meta" not in text or len(error.args) != 1:
        return False
    shown = re.sub(r"\bmeta:(\d)", r"cuda:\1", text).replace("'meta'", "'cuda'")
    error.args = (shown,)
    return shown != text
