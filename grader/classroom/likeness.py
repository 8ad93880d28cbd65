"""Whose code is nearly the same: a pointer for a person, never a verdict.

What is compared are runs of words of each answer, without names, comments and texts; what the handout gives does not
count. A sketch of a submission is a MinHash of them: so many numbers, and the share of those that two have in common
is about the share of code that they have in common. The gradebook keeps sketches; nothing is read twice.
"""

from __future__ import annotations

import hashlib
import keyword
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain
from operator import eq

from grader.records import Asked, Cell

ALIKE = 0.9  # of the code
RUN = 6  # words that are compared as one
FEW = 120  # runs, fewer than which are alike by nature
NUMBERS = 128  # of a sketch: they tell the share to within 5 % or so
BANDS = 5  # of a sketch: who shares 95 % has one in common in four cases of five, who shares less rarely
BAND = 25  # numbers of each
MOST = 50  # pairs that are told
SCHEME = "affine32"
VERSION = 2
_DROPPED = re.compile(r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|#[^\n]*')
_WORD = re.compile(r"\.?[A-Za-z_]\w*|\d[\w.]*|[^\s\w]")


def basis_of(asked: Mapping[str, Asked]) -> str:
    """What sketches rest on beside the code: two of one basis can be compared."""
    text = "\0".join(f"{id}\0{one.code}" for id, one in sorted(asked.items()))
    return hashlib.sha256(f"{VERSION}\0{RUN}\0{NUMBERS}\0{text}".encode()).hexdigest()[:16]


def sketch(cells: Sequence[Cell], asked: Mapping[str, Asked]) -> list[int]:
    """The sketch of a submission; none where there is too little of the student's own in it."""
    own: set[str] = set()
    answers = [cell for cell in cells if cell.question]
    for cell in answers or cells:  # where no cell says that it is an answer, any may be one
        given = asked.get(cell.question)
        own |= set(_runs(cell.question, cell.source)) - set(_runs(cell.question, given.code if given else ""))
    if len(own) < FEW:
        return []
    from datasketch import MinHash  # a third of a second, so only where something is compared

    made = MinHash(num_perm=NUMBERS, scheme=SCHEME)
    made.update_batch([run.encode("utf-8", "replace") for run in own])
    return [int(number) for number in made.hashvalues]


def alike(sketches: Iterable[tuple[str, Sequence[int]]]) -> list[tuple[str, str, float]]:
    """Pairs of keys whose code is nearly the same, and the share of it; the most alike first.

    Args:
        sketches: by key; looked at once.
    """
    sketched = ((key, numbers) for key, numbers in sketches if numbers)
    return nlargest(MOST, _pairs(sketched), key=lambda pair: pair[2])


def _pairs(sketched: Iterable[tuple[str, Sequence[int]]]) -> Iterator[tuple[str, str, float]]:
    """Pairs that have a whole band of numbers in common, and enough of all.

    The package that makes sketches would find them, too; to load it takes as long as to write a hundred pages.
    """
    had: dict[str, array[int]] = {}
    index: list[dict[bytes, list[str]]] = [{} for _ in range(BANDS)]
    for key, numbers in sketched:
        own = array("Q", numbers)
        places = [band.setdefault(own[at * BAND : (at + 1) * BAND].tobytes(), []) for at, band in enumerate(index)]
        for other in dict.fromkeys(chain.from_iterable(places)):
            share = sum(map(eq, own, had[other])) / NUMBERS
            if share >= ALIKE:
                yield other, key, share
        had[key] = own  # of the class's, a third of the memory
        for place in places:
            place.append(key)


def _runs(question: str, source: str) -> Iterator[str]:
    words = [_plain(word) for word in _WORD.findall(_DROPPED.sub(" ", source))]
    return (f"{question} {' '.join(words[at : at + RUN])}" for at in range(len(words) - RUN + 1))


def _plain(word: str) -> str:
    """A word without a name that a student chose; attributes and keywords are Python's and PyTorch's."""
    return word if word.startswith(".") or not word.isidentifier() or keyword.iskeyword(word) else "name"
