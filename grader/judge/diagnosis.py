"""Which known mistake gives the answers that the student's code gave?

The questions of a failed check were recorded. They are asked again, on the trusted side, of the reference with one
definition replaced by the mistake. A mistake that answers them all as the student's code did is the diagnosis.
"""

from __future__ import annotations

import contextlib
import io
import math
import signal
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from grader.asking.codec import Decoder, MalformedValue
from grader.asking.compare import Tolerance, difference
from grader.asking.messages import Exchange, Reply
from grader.asking.responder import Responder
from grader.course.variants import Variant
from grader.records import Diagnosis

REPLAY_LIMIT = 5.0  # seconds for one mistake and one check

# Two implementations of one mistake may round differently; nothing rests on the last digits of a wrong number.
ALIKE = Tolerance(relative=1e-4, absolute=1e-6)
EXACTLY = Tolerance(relative=0.0, absolute=0.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One check of a question: what was asked during it, what was answered, and whether it failed."""

    exchanges: Sequence[Exchange]
    failed: bool


def diagnose(
    checks: Sequence[Evidence], mistakes: Iterable[Variant], reference: dict[str, Any], home: Path
) -> Diagnosis | None:
    """The mistake that explains a question's checks best, or None.

    It must answer as the student's code did in at least one failed check. Among several, the one that does so in most
    failed checks counts, then in most passed ones, then the one that is written down first. Where even the reference
    answers alike, only the last digits were wrong, and a mistake must have the very same.

    Args:
        checks: all checks of one question, the passed ones too: they tell mistakes apart.
        mistakes: of the question.
        reference: the namespace that a mistake is put into.
        home: the assignment's folder, whose data a mistake may read.
    """
    best, found = (0, 0), None
    variants = tuple(mistakes)
    with scratch_directory(home):  # where nothing could be found, nothing is replayed
        right = [bool(variants) and check.failed and _explains(check, reference, ALIKE) for check in checks]
    near = [EXACTLY if answered else ALIKE for answered in right]
    for variant in variants:
        with scratch_directory(home):
            tried = zip(checks, near, strict=True)
            explained = [check.failed for check, tolerance in tried if _explains(check, reference, tolerance, variant)]
        score = (sum(explained), len(explained) - sum(explained))
        if score[0] and score > best:
            best, found = score, Diagnosis(variant.id, variant.title, variant.hint)
    return found


def _explains(check: Evidence, reference: dict[str, Any], tolerance: Tolerance, variant: Variant | None = None) -> bool:
    """Whether the reference, with a mistake or without, answers as the student did; one that is too slow does not."""
    try:
        with time_limit(REPLAY_LIMIT), contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a mistake may well be warned of; nobody reads it here
            mistaken = {variant.name: variant.value(reference)} if variant else {}
            responder = Responder({**reference, **mistaken})
            return bool(check.exchanges) and all(
                alike(said.reply, responder.answer(said.query.fresh()), tolerance) for said in check.exchanges
            )
    except TimeoutError:
        return False


def alike(said: Reply | None, mine: Reply, tolerance: Tolerance = ALIKE) -> bool:
    """Whether two replies say the same: an exception of the same kind, or values that do not differ."""
    if said is None:
        return False
    if said.error is not None or mine.error is not None:
        return _kind(said) == _kind(mine)
    try:
        theirs, ours = (Decoder(reply.tensors, _type_of).decode(reply.value) for reply in (said, mine))
    except MalformedValue:
        return False
    return _same(theirs, ours, tolerance)


def _same(said: Any, mine: Any, tolerance: Tolerance) -> bool:
    if isinstance(said, float) and isinstance(mine, float) and math.isnan(said):
        return math.isnan(mine)
    return difference(said, mine, tolerance=tolerance) is None


def _kind(reply: Reply) -> str:
    return reply.error.trace.kind if reply.error else ""


def _type_of(node: dict[str, Any]) -> object:
    """A handle counts as its type: what it holds is asked for in later questions."""
    types = node.get("types")
    return f"<{types[0]}>" if isinstance(types, list) and types else "<?>"


@contextlib.contextmanager
def scratch_directory(home: Path) -> Iterator[Path]:
    """Run a block in an empty folder that sees the assignment's data, as a notebook does."""
    with tempfile.TemporaryDirectory(prefix="replay-") as folder, contextlib.chdir(folder):
        if (home / "data").is_dir():
            Path("data").symlink_to(home / "data")
        yield Path(folder)


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the main thread when the block takes too long."""

    def expire(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
