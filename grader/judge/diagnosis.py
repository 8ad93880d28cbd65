"""Which known mistake gives the answers that the student's code gave?

The questions of a check were recorded. They are asked again, on the trusted side, of the reference with one definition
replaced by the mistake. A mistake is the diagnosis if it agrees with all that is known of the checks that ask for its
definition: in the failed ones it answers as the student's code did, and the passed ones it would pass. No diagnosis is
better than a false one.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import torch

from grader.asking.codec import MalformedValue
from grader.asking.compare import difference
from grader.asking.decoder import Decoder
from grader.asking.messages import Exchange, Op, Query, Reply
from grader.asking.remote import KNOWN
from grader.asking.surroundings import OF_MODULES
from grader.asking.tolerances import Tolerance
from grader.asking.traces import cleaned
from grader.course.variants import Variant
from grader.judge.replaying import Player, Replies
from grader.judge.state import may_remember
from grader.kernel.questions import digest
from grader.records import Diagnosis

FUNCTIONS = ("builtins.function", "builtins.builtin_function_or_method", "builtins.method", "functools.partial")

# what the student's code said, what is right, what a mistake says: does that agree?
Agrees = Callable[[Reply | None, Reply, Reply], bool]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two replies must be: numbers within a tolerance, and also what is claimed of tensors beside them."""

    tolerance: Tolerance | None
    claims: bool = False


# Two implementations of one mistake may round differently; nothing rests on the last digits of a wrong number. Unless
# those digits are what was wrong, or not even they: then the very same is asked for, and then its strides, gradients
# and devices too, and what was left changed for the process. The first of these that tells the student's answers from
# the right ones counts.
EXACT = Tolerance(relative=0.0, absolute=0.0)
LIKENESSES = (Likeness(Tolerance(relative=1e-4, absolute=1e-6)), Likeness(EXACT), Likeness(EXACT, claims=True))
RIGHT = Likeness(None)  # as alike as a right answer must be to the reference's


@dataclass(frozen=True)
class Evidence:
    """One check of a question: what was asked during it, what was answered, and what became of it.

    Args:
        failed: or passed; a check that came to no verdict is no evidence.
        shown: whether the exchanges hold what it failed for. They do not where a call never ended.
    """

    exchanges: Sequence[Exchange]
    failed: bool
    shown: bool = True

    @cached_property
    def names(self) -> frozenset[str]:
        """The definitions that the check asked for."""
        return frozenset(said.query.name for said in self.exchanges if said.query.op is Op.NAME)

    @cached_property
    def asked(self) -> tuple[tuple[bytes, Query], ...]:
        """Its questions, each with what stands for it."""
        return tuple((digest(said.query), said.query) for said in self.exchanges)


def diagnose(
    checks: Sequence[Evidence],
    mistakes: Iterable[Variant],
    reference: dict[str, Any],
    home: Path,
    replies: Replies | None = None,
) -> tuple[Diagnosis | None, ...]:
    """For each check of a question the mistake that it failed for, or None.

    A mistake must agree with every check that asks for the definition which it takes the place of. The first that does
    is the diagnosis of those that failed; another definition of the same question may have another.

    Args:
        checks: all checks of one question, the passed ones too: they tell mistakes apart.
        mistakes: of the question.
        reference: the namespace that a mistake is put into.
        home: the assignment's folder, whose data a mistake may read.
        replies: what mistakes and reference answered before, and will answer now.
    """
    found: list[Diagnosis | None] = [None] * len(checks)
    replies = Replies() if replies is None else replies
    replays = [_Replay(check, Player(replies, "", lambda: reference, home)) for check in checks]
    for variant in mistakes:
        asked = [place for place, check in enumerate(checks) if variant.name in check.names]
        failed = [place for place in asked if checks[place].failed]
        if not failed or any(found[place] or not checks[place].shown for place in failed):
            continue
        remembers = may_remember(variant.source)
        names = partial(_with, reference, variant)
        player = Player(replies, f"{variant.id} {variant.where}", names, home, remembers=remembers)
        telling_first = asked if remembers else sorted(asked, key=lambda place: not checks[place].failed)
        if all(replays[place].agrees(player) for place in telling_first):
            for place in failed:
                found[place] = Diagnosis(variant.id, variant.title, variant.hint, variant.more)
    return tuple(found)


def _with(reference: dict[str, Any], variant: Variant) -> dict[str, Any]:
    return {**reference, variant.name: variant.value(reference)}


@dataclass
class _Replay:
    """A check that is asked again: of the reference once, and of one mistake after another."""

    check: Evidence
    reference: Player

    def agrees(self, player: Player) -> bool:
        """Whether a mistaken definition answers as the student's in a failed check, or would pass a passed one."""
        if len(self._right) < len(self.check.exchanges) or (self.check.failed and self._likeness is None):
            return False  # what is right came too late, or tells nothing
        test: Agrees = self._explains if self.check.failed else _passes
        with contextlib.suppress(TimeoutError), contextlib.closing(player.play(self.check.asked)) as said:
            rows = zip(self.check.exchanges, self._right, said, strict=True)
            return all(test(exchange.reply, right, mine) for exchange, right, mine in rows)
        return False

    @cached_property
    def _right(self) -> list[Reply]:
        """The reference's replies, up to the first that comes too late."""
        replies: list[Reply] = []
        with contextlib.suppress(TimeoutError), contextlib.closing(self.reference.play(self.check.asked)) as said:
            replies.extend(said)
        return replies

    @cached_property
    def _likeness(self) -> Likeness | None:
        """What tells the student's answers from the right ones; None where nothing does."""
        for likeness in LIKENESSES:
            pairs = zip(self.check.exchanges, self._right, strict=False)
            if not all(alike(said.reply, right, likeness) for said, right in pairs):
                return likeness
        return None

    def _explains(self, said: Reply | None, right: Reply, mine: Reply) -> bool:
        assert self._likeness is not None
        kind_only = _kind(said) == _kind(right)  # an exception that was asked for may say what it likes
        return alike(said, mine, self._likeness, kind_only=kind_only)


def _passes(said: Reply | None, right: Reply, mine: Reply) -> bool:
    """Whether a mistake's reply is as good as the student's, which passed, or as the reference's."""
    return alike(right, mine, RIGHT, kind_only=True) or alike(said, mine, RIGHT, kind_only=True)


def alike(said: Reply | None, mine: Reply, likeness: Likeness = LIKENESSES[0], *, kind_only: bool = False) -> bool:
    """Whether two replies say the same: the same exception of the same call, or values that do not differ.

    Args:
        kind_only: of exceptions, only the kind counts.
    """
    if said is None or said.unsent or mine.unsent:
        return False
    if said.error or mine.error:
        return _kind(said) == _kind(mine) and (kind_only or error_of(said) == error_of(mine))
    if _are_one(said, mine):
        return True
    try:
        theirs, ours = (Decoder(reply.tensors, type_of).decode(reply.value) for reply in (said, mine))
    except MalformedValue:
        return False
    if likeness.claims and _beside(said) != _beside(mine):
        return False
    return difference(theirs, ours, tolerance=likeness.tolerance, remarks=False) is None


def _are_one(one: Reply, other: Reply) -> bool:
    """Whether two values are the same to the last bit, as most are."""
    if one.left != other.left or one.tensors.keys() != other.tensors.keys() or repr(one.value) != repr(other.value):
        return False
    return all(_same_bits(tensor, other.tensors[name]) for name, tensor in one.tensors.items())


def _same_bits(one: torch.Tensor, other: torch.Tensor) -> bool:
    if one.dtype != other.dtype or one.shape != other.shape:
        return False
    return torch.equal(one.reshape(-1).view(torch.uint8), other.reshape(-1).view(torch.uint8))


def _kind(reply: Reply | None) -> str:
    return reply.error.trace.kind if reply and reply.error else ""


def error_of(reply: Reply) -> tuple[str, str]:
    """An exception's message, apart from numbers, sizes and addresses, and the call that raised it."""
    if reply.error is None:
        return "", ""
    raised = cleaned(reply.error)
    text = re.sub(r"\btmp[a-z0-9_]{8}\b", "#", raised.trace.message)
    text = re.sub(r"0x[0-9a-fA-F]+|-?\d+(\.\d+)?(e[+-]?\d+)?", "#", text)
    return re.sub(r"[\[(]?#(\s*[,x]\s*#)*,?[\])]?", "#", text), raised.call


def _beside(reply: Reply) -> tuple[set[str], list[tuple[Any, ...]]]:
    """What is known of an answer beside its values: what it left changed, and what is said of its tensors."""
    return set(reply.left) - OF_MODULES, list(_claims(reply.value))


def _claims(node: Any) -> Iterator[tuple[Any, ...]]:
    """What is said of the tensors in a node beside their values."""
    if isinstance(node, dict) and node.get("t") in ("tensor", "array"):
        yield node.get("device"), node.get("stride"), node.get("grad"), node.get("kind")
    elif isinstance(node, dict):
        yield from _claims(list(node.values()))
    elif isinstance(node, list):
        for part in node:
            yield from _claims(part)


def type_of(node: dict[str, Any]) -> object:
    """A handle counts as the first of its types that is nobody's own; what it holds is asked for in later questions.

    All that is written to be called is one kind: a function, one that `partial` makes, one that is built in.
    """
    types = node.get("types")
    names = [str(name) for name in types] if isinstance(types, list) else []
    name = next((name for name in names if name.split(".")[0] in KNOWN), "?")
    return "<function>" if name in FUNCTIONS else f"<{name}>"
