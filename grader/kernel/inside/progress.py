"""tqdm without the bar: a loop over it is the loop over what it was given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")


class Progress:
    """Yields what it is given; may be updated, described, entered and closed."""

    def __init__(self, iterable: Iterable[Any] | None = None, *args: Any, **kwargs: Any) -> None:
        self.iterable, self.n, self.disable = iterable, 0, True
        self.total = kwargs.get("total")

    def __iter__(self) -> Iterator[Any]:
        return iter(self.iterable if self.iterable is not None else ())

    def __len__(self) -> int:
        return len(self.iterable) if self.iterable is not None else int(self.total or 0)  # type: ignore[arg-type]

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *error: object) -> None:
        """Pass on what was raised."""

    def update(self, n: float = 1) -> bool:
        self.n += n  # type: ignore[assignment]
        return False

    def _nothing(self, *args: Any, **kwargs: Any) -> None:
        """There is no bar."""

    set_description = set_description_str = set_postfix = set_postfix_str = _nothing
    close = clear = refresh = reset = display = unpause = _nothing

    @staticmethod
    def write(text: str, *args: Any, **kwargs: Any) -> None:
        print(text)

    @classmethod
    def pandas(cls, *args: Any, **kwargs: Any) -> None:
        """There is no pandas to decorate."""


def trange(*args: int, **kwargs: Any) -> Progress:
    return Progress(range(*args))


def tenumerate(iterable: Iterable[T], start: int = 0, **kwargs: Any) -> Iterator[tuple[int, T]]:
    return enumerate(iterable, start)


def tzip(*iterables: Iterable[Any], **kwargs: Any) -> Iterator[tuple[Any, ...]]:
    return zip(*iterables, strict=False)


def tmap(function: Callable[..., Any], *iterables: Iterable[Any], **kwargs: Any) -> Iterator[Any]:
    return map(function, *iterables)


PROGRESS: dict[str, Any] = {  # what tqdm and each of its modules have
    "tqdm": Progress, "trange": trange, "tqdm_notebook": Progress, "tnrange": trange, "tqdm_gui": Progress,
    "tgrange": trange, "tenumerate": tenumerate, "tzip": tzip, "tmap": tmap, "TqdmWarning": Warning,
    "__version__": "(not installed)",
}  # fmt: skip
