"""What Python, NumPy and PyTorch keep for a whole process: noted at one moment, put back at another.

A function that switches the recording of gradients off and returns has changed what every later answer meets. Before
each check, and after each call, everything below is as it was; what had been changed is told by its name.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable

from grader.asking.process import PLOTS_OWN, THINGS

# What a student reads of each: the words of the thing, and how one changes it.
WORDS = {
    "inference": "inference mode (`torch.inference_mode`)",
    "gradients": "whether gradients are recorded (`torch.set_grad_enabled`)",
    "dtype": "the default dtype (`torch.set_default_dtype`)",
    "device": "the default device (`torch.set_default_device`)",
    "card": "the current card (`torch.cuda.set_device`)",
    "modes": "a mode of PyTorch that was entered and not left",
    "deterministic": "deterministic algorithms (`torch.use_deterministic_algorithms`)",
    "threads": "the number of threads (`torch.set_num_threads`)",
    "backends": "switches of PyTorch's backends (`torch.backends`, `torch.set_float32_matmul_precision`)",
    "autocast": "autocast, which was entered and not left",
    "anomaly": "the search for anomalies (`torch.autograd.set_detect_anomaly`)",
    "denormals": "what becomes of the smallest numbers (`torch.set_flush_denormal`)",
    "hooks": "hooks that hold for all modules",
    "numpy": "NumPy's reaction to errors (`np.seterr`)",
    "printing": "how tensors and arrays are printed",
    "warnings": "the filters of warnings",
    "folder": "the current folder (`os.chdir`)",
    "environment": "environment variables (`os.environ`)",
    "path": "where modules are looked for (`sys.path`)",
    "recursion": "the limit of recursion (`sys.setrecursionlimit`)",
    "plots": "matplotlib's settings (`plt.rcParams`)",
    "streams": "where `print` writes to (`sys.stdout`)",
    "tracing": "a function that traces every line (`sys.settrace`)",
    "garbage": "the garbage collector (`gc.disable`)",
}


def told(names: Iterable[str]) -> str:
    """What a student reads of some of them: "inference mode (...) and the default dtype (...)"."""
    words = [WORDS[name] for name in names]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def changes(names: Iterable[str]) -> str:
    """A clause on a call that left some of them changed."""
    return f"the call changes {told(names)}, and does not put it back"


# What a module that is loaded on first use may change as well: not told of a call during which one was.
OF_MODULES = {"warnings", "environment", "path", "plots", "hooks", "printing"}
# What costs nothing unless a check is about it: beside those, what seeding everything sets, and which card was chosen.
FREE = OF_MODULES | {"backends", "card", "deterministic", "threads"}


class Surroundings:
    """All of them, as they are when this is made."""

    def __init__(self) -> None:
        self.values = [thing.get() for thing in THINGS]

    def restore(self) -> list[str]:
        """Put back what has been changed; returns the names of it."""
        changed = []
        for number, (name, get, put, differs) in enumerate(THINGS):
            due = self.values[number]
            if differs(due) if differs else get() != due:
                changed.append(name)
                with contextlib.suppress(Exception):  # what cannot be put back is told all the same
                    put(due)
        return changed

    def with_additions(self) -> Surroundings:
        """These, with what a notebook has added to the environment, to the path and to the limit of recursion.

        A function may well read the variable, import from the folder or need the depth that a cell above provided.
        What was there from the start comes first and is as it was.
        """
        merged = Surroundings.__new__(Surroundings)
        merged.values = list(self.values)
        for number, (name, get, _, _) in enumerate(THINGS):
            due, now = self.values[number], get()
            if name == "environment":
                merged.values[number] = {**now, **due}
            elif name == "path":
                merged.values[number] = due + [entry for entry in now if entry not in due]
            elif name == "recursion":
                merged.values[number] = max(due, now)
            elif name == "plots" and due and now:
                merged.values[number] = {**due, **{own: now[own] for own in PLOTS_OWN if own in now}}
        return merged


def close_figures() -> None:
    """Close the figures that are open. One that is held on to can still be looked at."""
    figures = getattr(sys.modules.get("matplotlib._pylab_helpers"), "Gcf", None)
    if figures is not None and figures.figs:
        figures.destroy_all()
