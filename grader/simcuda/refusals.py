"""What the simulated device has not: said in one sentence, where PyTorch would crash or ask for a driver."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import torch

from grader.simcuda.checks import tensors_in
from grader.simcuda.tensor import DeviceTensor

GRAPHS = "the simulated CUDA device has no CUDA graphs: run the operations themselves"
EXPORT = "the simulated CUDA device cannot be exported from: move the module and its inputs to the CPU first"


def refuse(sentence: str) -> Callable[..., NoReturn]:
    """A function that raises NotImplementedError with this sentence, however it is called."""

    def refused(*args: Any, **kwargs: Any) -> NoReturn:
        raise NotImplementedError(sentence)

    return refused


class NoGraphs:
    """In the place of `torch.cuda.CUDAGraph` and `torch.cuda.graph`."""

    def __new__(cls, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotImplementedError(GRAPHS)


CUDA: dict[str, Any] = {
    "CUDAGraph": NoGraphs,
    "graph": NoGraphs,
    "make_graphed_callables": refuse(GRAPHS),
    "graph_pool_handle": refuse(GRAPHS),
}
"""Name in `torch.cuda` -> what says that there is none."""


def on_host_only(function: Callable[..., Any], sentence: str) -> Callable[..., Any]:
    """`function`, which PyTorch's compiler serves and which aborts the process when it meets a simulated tensor."""

    def called(*args: Any, **kwargs: Any) -> Any:
        if any(isinstance(tensor, DeviceTensor) for tensor in _met((args, kwargs))):
            raise NotImplementedError(sentence)
        return function(*args, **kwargs)

    return called


def _met(values: Any) -> list[torch.Tensor]:
    """The tensors among arguments, those of modules included."""
    args, kwargs = values
    given = [*args, *kwargs.values()]
    found = list(tensors_in(given))
    for module in given:
        if isinstance(module, torch.nn.Module):
            found += [*module.parameters(), *module.buffers()]
    return found
