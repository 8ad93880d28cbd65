"""What takes the place of modules that are not there while grading.

A module that is not installed must not take the rest of its cell with it. Importing it gives a stand-in, whose use
raises; a decoration (kernel/packages.py) does nothing instead. A notebook that catches the ImportError gets it.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import FunctionType, ModuleType
from typing import Any, ClassVar, NoReturn

import grader
from grader.kernel.inside import frames
from grader.kernel.inside.progress import PROGRESS
from grader.kernel.packages import STOPPED, is_quiet

# What of a decoration must be text; and a member that a real package would have under its own rules.
TEXTS = ("google.colab.userdata.get", "kaggle_secrets.UserSecretsClient.get_secret")


def install() -> None:
    """Let what is not installed be imported, and what a notebook takes from `grader` do nothing."""
    grader.check, grader.beside, grader.when_solved = _no_check, _not_beside, _show
    sys.meta_path.append(Finder())
    if importlib.util.find_spec("tensorboard") is None:  # PyTorch's own module about it is there, and would raise
        sys.meta_path.insert(0, Finder("torch.utils.tensorboard"))


def _no_check(question: str | None = None) -> None:
    """Stay silent: the hidden suite asks better questions. The real one is not even readable here."""


def _not_beside(predicted: object, came: object) -> None:
    """Stay silent: the page shows what was predicted beside what came."""


def _show(show: Callable[[], object]) -> None:
    """Run a cell that only shows something: it fails without consequences, and no check is asked whose fault it is."""
    try:
        show()
    except Exception as error:
        print(f"{STOPPED} {type(error).__name__}: {error}")


class Finder(MetaPathFinder):
    """Finds what nobody else has found.

    Args:
        only: finds this module instead, and no other.
    """

    def __init__(self, only: str = "") -> None:
        self.only = only

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        parent, _, _ = fullname.rpartition(".")
        if self.only:
            wanted = fullname == self.only
        elif parent and not is_quiet(fullname):
            wanted = isinstance(sys.modules.get(parent), StandIn)
        else:
            frame = frames.importer()
            wanted = frame is not None and not frames.catches(frame, ModuleNotFoundError)
        return ModuleSpec(fullname, StandInLoader(), is_package=True) if wanted else None


class StandInLoader(Loader):
    """Makes the module."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        if spec.name.split(".")[0] == "tqdm":
            module = ModuleType(spec.name)
            vars(module).update(PROGRESS)
            return module
        return StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


class StandIn(ModuleType):
    """A module that is not there. It has every member that is asked for."""

    __version__ = "(not installed)"
    __all__: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _member(f"{self.__name__}.{name}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _member(self.__name__)(*args, **kwargs)


def _member(path: str) -> Quiet | Missing:
    return Quiet(path) if is_quiet(path) else Missing(path)


class Missing:
    """A member of a module that is not there. It may be named, in an annotation too; whatever else is done raises."""

    def __init__(self, path: str) -> None:
        self.__path = path

    def __fail(self, *args: Any, **kwargs: Any) -> NoReturn:
        package = self.__path.split(".")[0]
        said = f"{package} is not installed where notebooks are graded, so {self.__path} cannot be used there"
        raise ModuleNotFoundError(said, name=package)

    __call__ = __mro_entries__ = __iter__ = __len__ = __enter__ = __setitem__ = __fail
    __add__ = __sub__ = __mul__ = __truediv__ = __matmul__ = __neg__ = __float__ = __int__ = __fail

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _member(f"{self.__path}.{name}")

    def __getitem__(self, key: Any) -> Any:
        return self

    def __or__(self, other: Any) -> Any:
        return self

    __ror__ = __or__

    def __instancecheck__(self, instance: Any) -> bool:
        return False

    __subclasscheck__ = __instancecheck__

    def __repr__(self) -> str:
        return f"<{self.__path}, which is not installed here>"


class Quiet:
    """A member of a decoration, and whatever that gives: it takes everything and does nothing."""

    __told: ClassVar[set[str]] = set()

    def __init__(self, path: str) -> None:
        object.__setattr__(self, "_Quiet__path", path)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        package = "google.colab" if self.__path.startswith("google.colab") else self.__path.split(".")[0]
        if package not in self.__told:
            self.__told.add(package)
            print(f"({package} is not available while grading; its calls do nothing)")
        if self.__path in TEXTS:
            return ""
        if len(args) == 1 and not kwargs and isinstance(args[0], FunctionType | type):
            return args[0]  # used as a decorator
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _member(f"{self.__path}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        """A setting of something that is not there."""

    def __getitem__(self, key: Any) -> Any:
        return self

    def __setitem__(self, key: Any, value: Any) -> None:
        """See __setattr__."""

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        """Pass on what was raised."""

    def __mro_entries__(self, bases: Any) -> tuple[type, ...]:
        return ()

    def __instancecheck__(self, instance: Any) -> bool:
        return False

    def __repr__(self) -> str:
        return f"<{self.__path}, which does nothing here>"
