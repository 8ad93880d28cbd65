"""What is loaded before the fork, for all who are forked; and what is loaded only for a class that uses it.

PyTorch's compiler, torchvision and matplotlib take as long to load as PyTorch itself, and many a notebook uses none of
them. A class is read for words that speak of them. A notebook that needs one all the same must not load it behind the
walls: that would take seconds of its own time, and not all that is read then can be read there. Its kernel ends with
`NOT_LOADED` in that moment, and the notebook is graded once more by a host that has loaded everything: the verdict is
the one that such a host gives, whoever was read how.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import NoReturn

NOT_LOADED = 96  # the exit code of a kernel that wants what its host has not loaded

FIRST = (
    "torch",
    "torch._subclasses.schema_check_mode",  # these three are loaded by print, save and `with device`
    "torch.utils._device",
    "torch.utils.serialization.config",
    "numpy.ctypeslib",
    "numpy.random",
    "jupyter_client",
    "zmq",
)


@dataclass(frozen=True)
class Part:
    """Modules that are loaded together when a word speaks of them.

    Attributes:
        roots: of all that comes with them; what lies below and is not loaded is not to be had.
    """

    name: str
    modules: tuple[str, ...]
    roots: tuple[str, ...]
    words: str


PARTS = (
    Part("pictures", ("PIL.Image", "PIL.PngImagePlugin", "PIL.JpegImagePlugin"), ("PIL",), r"\bPIL\b|\bpillow\b"),
    Part(
        "plots",
        ("matplotlib.pyplot", "matplotlib.backends.backend_agg", "matplotlib_inline.backend_inline"),
        ("matplotlib", "mpl_toolkits", "PIL"),
        r"matplotlib|pylab|\bplt\b|seaborn|pandas",
    ),
    Part(
        "compiler",  # optimizers, checkpoints, dispatch modes and others load it when they are first used
        ("torch._dynamo",),
        ("torch", "sympy", "mpmath", "triton"),
        r"torchvision|\boptim\b|checkpoint|torch\.(compile|profiler|func|testing|nested|jit|export|_(?!_))|DispatchMode"
        r"|assert_close|gradcheck|simulated_cuda|start_simulation|lightning|\btimm\b|torchaudio|torchmetrics",
    ),
    Part("torchvision", ("torchvision",), ("torchvision", "PIL"), r"torchvision|\btimm\b"),
)
EVERYTHING = tuple(part.name for part in PARTS)


def needed(texts: Iterable[str]) -> tuple[str, ...]:
    """The names of the parts that some code speaks of, in the order in which they are loaded."""
    text = "\n".join(texts)
    return tuple(part.name for part in PARTS if re.search(part.words, text))


def load(modules: Iterable[str], parts: Collection[str] = ()) -> None:
    """Load modules, and the modules of some parts."""
    for name in (*modules, *(name for part in PARTS if part.name in parts for name in part.modules)):
        importlib.import_module(name)
    if "zmq.asyncio" in sys.modules:  # to set an option of a socket asks each class for this, which changes it once
        for cls in sys.modules["zmq.asyncio"].Socket.__mro__:
            getattr(cls, "__annotations__", None)


class Guard:
    """Ends a kernel that is about to load what belongs to a part that its host has left out."""

    def __init__(self, parts: Collection[str]) -> None:
        self.kernel = -1  # while there is none, nothing is guarded
        had = {root for part in PARTS if part.name in parts for root in part.roots}
        self.roots = {root for part in PARTS for root in part.roots} - had

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Not find a module, or leave. A child of a kernel loads what it wants: its end would be taken for a crash."""
        if name.partition(".")[0] in self.roots and os.getpid() == self.kernel:
            _leave()
        return None

    def install(self) -> None:
        """In a host, before those who stand in for what is not installed: they come first."""
        if self.roots:
            sys.meta_path.insert(0, self)

    def stand(self) -> None:
        """In a kernel: guard it from here on."""
        self.kernel = os.getpid()


def _leave() -> NoReturn:
    os._exit(NOT_LOADED)
