"""Packages that notebooks import and that may not be there while grading: which do what then, and which are missed.

A name here is a module or a member of one, and stands for all that is below it. Both sides read it: beside students'
code to take a package's place, on the trusted side to tell what was missing.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec

# Nothing of these is ever graded, so nothing of them does anything: settings, plots, logs, widgets, a platform's own.
QUIET = (
    "comet_ml", "google.colab", "ipympl", "ipywidgets", "kaggle_secrets", "livelossplot", "mlflow", "neptune",
    "pandas.options", "pandas.set_option", "seaborn", "tensorboard", "tensorboardX", "torch.utils.tensorboard",
    "torchinfo", "torchsummary", "torchsummaryX", "torchviz", "tqdm", "visdom", "wandb",
)  # fmt: skip
LOUD = ("seaborn.load_dataset",)  # what of them gives data
PLATFORMS = ("google", "kaggle_datasets", "kaggle_secrets")  # nobody can install these

STOPPED = "This cell stopped with"  # how a cell that only shows something says what it raised, where it is graded

_MAGIC = re.compile(r"^\s*[%!?]")
_PYTHON = ("%%capture", "%%time", "%%timeit", "%%prun")  # cell magics around ordinary code
_WRITES = re.compile(r"\A\s*%%(?:writefile|file)\s+(?:-a\s+)?[\"']?([\w./-]+)")


def is_quiet(name: str) -> bool:
    """Whether a module or a member of one is a decoration."""
    return _below(name, QUIET) and not _below(name, LOUD)


def _below(name: str, places: Iterable[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def plain_python(source: str) -> str:
    """A cell's source with its magics blanked; nothing of a cell that is no Python."""
    first = source.lstrip()
    if first.startswith("%%") and not first.startswith(_PYTHON):
        return ""
    return "\n".join("" if _MAGIC.match(line) else line for line in source.split("\n"))


def missing(sources: Iterable[str], files: Iterable[str] = ()) -> tuple[str, ...]:
    """The packages that cells import and that are not installed, in order. A module of the notebook's own is none.

    Args:
        files: names of what lies beside the notebook.
    """
    cells = list(sources)
    written = [match[1] for source in cells if (match := _WRITES.match(source))]
    own = {name.removesuffix(".py").split("/")[0] for name in (*written, *files)}
    found = dict.fromkeys(name for source in cells for name in _imported(plain_python(source)))
    return tuple(name for name in found if name not in own and not _is_there(name))


def _imported(source: str) -> list[str]:
    """The top-level names that some code imports."""
    if "import" not in source:  # most cells; to parse them all would take as long as to run many a notebook
        return []
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.append(node.module)
    return [name.split(".")[0] for name in names]


@lru_cache(maxsize=1_000)
def _is_there(name: str) -> bool:
    if name in sys.builtin_module_names or name in sys.stdlib_module_names or name in PLATFORMS:
        return True
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False
