"""What a known mistake answered once is looked up, and never differs from what it would answer again."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.asking.local import LocalChannel
from grader.asking.messages import Query, Reply
from grader.asking.student import Interview, Student
from grader.course.variants import Variant
from grader.errors import StudentError
from grader.judge import replaying
from grader.judge.diagnosis import LIKENESSES, Evidence, alike, diagnose
from grader.judge.replaying import Player, Replies
from grader.kernel.questions import digest

Asked = Sequence[tuple[bytes, Query]]

PLAYED: list[Any] = []  # by the definitions below, each time that they are called
REMEMBERS = """
class f:
    seen = []
    def __init__(self, n):
        PLAYED.append(n)
        self.seen.append(n)
        self.n = sum(self.seen)
"""


@pytest.fixture(autouse=True)
def nothing_played() -> None:
    PLAYED.clear()


def questions(*inputs: Any) -> Asked:
    """What a check asks that makes an f of each input, and looks at its n."""
    interview = Interview(LocalChannel({"f": remembers()["f"]}))
    interview.begin(1)
    for value in inputs:
        with contextlib.suppress(StudentError):
            _ = Student(interview).f(value).n
    PLAYED.clear()
    return [(digest(said.query), said.query) for said in interview.exchanges]


def remembers() -> dict[str, Any]:
    names: dict[str, Any] = {"PLAYED": PLAYED}
    exec(REMEMBERS, names)
    return names


def played(replies: Replies, checks: Sequence[Asked], home: Path) -> list[list[Reply]]:
    player = Player(replies, "M", remembers, home)
    return [list(player.play(check)) for check in checks]


def test_what_was_played_is_looked_up(tmp_path: Path) -> None:
    """The second time nothing runs, and the answers are the same."""
    replies, checks = Replies(), [questions(1, 2), questions(3)]
    first = played(replies, checks, tmp_path)
    assert PLAYED == [1, 2, 3]
    assert played(replies, checks, tmp_path) == first
    assert PLAYED == [1, 2, 3]


@pytest.mark.parametrize("before", [[], [questions(1)], [questions(1, 2)], [questions(1, 2), questions(3)]])
def test_what_is_known_in_part_is_played_from_the_start(before: list[Asked], tmp_path: Path) -> None:
    """However much of it was asked before: a class that remembers has then seen all of it."""
    checks = [questions(1, 2), questions(3, 4)]
    alone = played(Replies(), checks, tmp_path)
    replies = Replies()
    played(replies, before, tmp_path)
    PLAYED.clear()
    assert played(replies, checks, tmp_path) == alone
    assert PLAYED == [1, 2, 3, 4]


def test_the_same_question_after_another_one_is_another(tmp_path: Path) -> None:
    """An answer is known by all that was asked before it, in other checks, too."""
    replies = Replies()
    [_, [*_, after_one]] = played(replies, [questions(1), questions(5)], tmp_path)
    [_, [*_, after_two]] = played(replies, [questions(2), questions(5)], tmp_path)
    assert (after_one.value, after_two.value) == (6, 7)


def test_definitions_are_told_apart(tmp_path: Path) -> None:
    """By their key."""
    replies = Replies()
    [first] = played(replies, [questions(1)], tmp_path)
    other = Player(replies, "N", lambda: {"f": lambda n: None}, tmp_path)
    assert list(other.play(questions(1))) != first


def test_what_is_known_is_told_to_another_process(tmp_path: Path) -> None:
    """Once: what was told is no news."""
    here, there, checks = Replies(), Replies(), [questions(1, 2)]
    first = played(here, checks, tmp_path)
    there.learn(here.told())
    PLAYED.clear()
    assert played(there, checks, tmp_path) == first
    assert not PLAYED
    assert not there.new and not there.told()


def test_there_is_an_end_to_what_is_kept(tmp_path: Path) -> None:
    """What there is no room for is played again, here and by who was told."""
    replies, checks = Replies(room=0), [questions(1)]
    first = played(replies, checks, tmp_path)
    assert not replies.known and not replies.told()
    assert played(replies, checks, tmp_path) == first
    assert PLAYED == [1, 1]


@pytest.mark.parametrize(
    "body",
    [
        "return t * float('nan')",
        "return [t, {'a': (None, 1.5, float('inf'))}, t.T, b'x']",
        "return torch.nn.Linear(2, 2)",
        "raise ValueError('no such axis: 7')",
        "torch.set_grad_enabled(False); return t.requires_grad_()",
        "return t.expand(3, 2, 2)",
        "return '\\ud800'",
    ],
)
def test_what_is_looked_up_is_what_was_said(body: str, tmp_path: Path) -> None:
    """Values, what is claimed beside them, exceptions, and what was left changed."""
    mistake = Variant("f", "f", "M", "title", "hint", f"def f(t):\n    {body}", "", "<mistake>")
    names: dict[str, Any] = {"torch": torch}
    interview = Interview(LocalChannel({"f": mistake.value(names)}))
    interview.begin(1)
    with contextlib.suppress(StudentError):
        Student(interview).f(torch.arange(4.0).reshape(2, 2))
    check = Evidence(interview.exchanges, failed=True)
    player = [Player(replies, "M", lambda: {"f": mistake.value(names)}, tmp_path) for replies in [Replies()] * 2]
    said, again = (list(one.play(check.asked)) for one in player)
    for likeness in LIKENESSES:
        assert all(alike(one, other, likeness) for one, other in zip(said, again, strict=True))
        assert all(alike(one.reply, other, likeness) for one, other in zip(check.exchanges, again, strict=True))


def test_a_mistake_is_named_as_before(tmp_path: Path) -> None:
    """For a second student, when nothing is played any more."""
    mistakes = [Variant("f", "f", id, id, id, source, "", id) for id, source in (("A", A), ("B", B))]
    interview = Interview(LocalChannel({"f": lambda t: t * 0}))
    interview.begin(1)
    Student(interview).f(torch.ones(2))
    checks, replies = [Evidence(interview.exchanges, failed=True)], Replies()
    for _ in range(2):
        names = {"f": torch.abs, "PLAYED": PLAYED}
        assert [one and one.mistake for one in diagnose(checks, mistakes, names, tmp_path, replies)] == ["B"]
    assert PLAYED == ["A", "B"]


def test_what_came_too_late_is_played_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The machine may have been busy."""
    monkeypatch.setattr(replaying, "REPLAY_LIMIT", 0.2)
    slow = "def f(t):\n    PLAYED.append(t)\n    while len(PLAYED) == 1:\n        pass\n    return t * 0"
    mistake = Variant("f", "f", "S", "title", "hint", slow, "", "<mistake>")
    interview = Interview(LocalChannel({"f": lambda t: t * 0}))
    interview.begin(1)
    Student(interview).f(torch.ones(2))
    checks, replies = [Evidence(interview.exchanges, failed=True)], Replies()
    names = {"f": torch.abs, "PLAYED": PLAYED}
    found = [diagnose(checks, [mistake], names, tmp_path, replies) for _ in range(3)]
    assert [one and one.mistake for [one] in found] == [None, "S", "S"]
    assert len(PLAYED) == 2


A = "def f(t):\n    PLAYED.append('A')\n    return t + 1"
B = "def f(t):\n    PLAYED.append('B')\n    return t * 0"
