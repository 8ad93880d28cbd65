"""Words for what a call does beside giving its result: to its arguments, to memory, to the whole process."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import Any

import torch

from grader.asking import surroundings
from grader.asking.cases import Cases, labelled_of
from grader.asking.effects import Forbidden, Kind
from grader.asking.later import fail
from grader.asking.probes import Probe, probe
from grader.asking.remains import touched
from grader.asking.remote import Remote, handle_of
from grader.asking.sentences import left_changed, must_be_a_function, note, sentence
from grader.asking.variations import Case
from grader.asking.words import article
from grader.errors import Failure

__tracebackhide__ = True  # in pytest an author sees the test that failed, not how we asked


def pure(answer: Remote, cases: Cases) -> None:
    """The student's function must leave its arguments as they were.

    Every call is watched for it; the question's check that says it with this word is the one that pays.
    """
    must_be_a_function(answer)
    noted = handle_of(answer).interview.effects
    for _, case in labelled_of(cases):
        before = len(noted)
        answer(*case)
        if changed := [effect for effect in noted[before:] if effect.kind is Kind.ARGUMENTS]:
            fail(Forbidden(Kind.ARGUMENTS, changed[0].sentence))


def inplace(answer: Remote) -> Remote:
    """The function, allowed to change its arguments: it is what the question asks for."""
    must_be_a_function(answer)
    return Remote(dataclasses.replace(handle_of(answer), in_place=True))


def shares(answer: Remote, cases: Cases) -> None:
    """The function's result must share the memory of its first argument, a tensor or an array."""
    for label, case in labelled_of(cases):
        if _sharing(answer, case) is False:
            clause = "the result has its own copy of the numbers; it should share the memory of its argument"
            fail(Failure(sentence(answer, clause, label)))


def owns(answer: Remote, cases: Cases) -> None:
    """The function's result must not share the memory of its first argument, a tensor or an array."""
    for label, case in labelled_of(cases):
        if _sharing(answer, case) is True:
            clause = "the result shares the memory of its argument; it should own its numbers"
            fail(Failure(sentence(answer, clause, label)))


def leaves_as_it_was(answer: Remote, cases: Cases) -> None:
    """The student's function must leave as it was what Python and PyTorch keep for the whole process.

    That is whether gradients are recorded, the default dtype and device, the number of threads, the current folder
    and what else asking/surroundings.py lists; not the generators of random numbers. It is put back in any case.
    """
    must_be_a_function(answer)
    for label, case in labelled_of(cases):
        answer(*case)
        if clause := left_changed(answer):
            fail(Forbidden(Kind.SURROUNDINGS, sentence(answer, clause, label)))


def untouched(answer: Remote, calls: Probe, *args: Any, but: Collection[str] = ()) -> None:
    """The student's function must leave alone what a probe hands it: for what cannot be sent, and so is not watched.

    Args:
        calls: a probe that is given the function and `args`, and returns calls as lists (function, arguments …). The
            function is the student's, or a method of what that has made.
        but: what the task allows to be changed: "arguments", "random numbers", "files".

    Looked at are tensors with their gradients, modules with their parameters, modes and hooks, and lists of both.
    """
    must_be_a_function(answer)
    for kind, clause in touched(answer, calls, args, but):
        note(answer, kind, sentence(answer, clause), meant=True)
    if clause := left_changed(answer, but=surroundings.FREE):
        note(answer, Kind.SURROUNDINGS, sentence(answer, clause), meant=True)


def _sharing(answer: Remote, case: Case) -> bool:
    must_be_a_function(answer)
    said = handle_of(answer).interview.run(_shares_memory, answer, *case)
    if type(said) is not bool:
        raise Failure(sentence(answer, f"expected a tensor, got {article(str(said))}"))
    return said


@probe
def _shares_memory(f, *args):  # type: ignore[no-untyped-def]
    first = args[0]
    result = f(*args)
    if isinstance(result, (tuple, list)):
        result = result[0]
    if not isinstance(result, torch.Tensor):
        return type(result).__name__
    before = result.clone()
    first += 1
    return not torch.equal(before, result)
