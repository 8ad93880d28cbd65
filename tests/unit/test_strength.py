"""The measurements of the hidden suites' strength find what is weak in suites that were made to be weak, or strong."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "strength"))

import assertions
import common
import contracts
import equivalents
import mutants
from mutations import mutations

from grader.course.catalog import Course
from grader.errors import CourseError, UsageError

ASSIGNMENT = """
title = "Tiny"
summary = "One question that is judged, and one that a person reads."
[[questions]]
id = "clipped"
title = "Clip"
section = "One"
points = 1

[[questions]]
id = "why"
title = "Why"
section = "One"
points = 1
kind = "written"
rubric = [{ id = "right", text = "Says why", points = 1 }]
"""

SOLUTION = '''
# %%
import torch

# %% question="clipped"
def clipped(t: torch.Tensor, most: float = 1.0) -> torch.Tensor:
    """A copy of `t` without numbers above `most`."""
    # BEGIN SOLUTION
    result = t.clone()
    result[result > most] = most
    return result
    # END SOLUTION


# %% [markdown] question="why"
# **Why a copy?**
#
# <!-- BEGIN SOLUTION -->
# The argument is somebody else's.
# <!-- END SOLUTION -->
'''

AGREES = '''
import torch

def test_values(student, reference, agree):
    """Nothing is above the limit."""
    cases = [(torch.arange(6.0), 2.5), (torch.arange(4.0) - 2, 0.5)]
    agree(student.clipped, reference.clipped, cases)
'''

AGREES_WITH_WHOLE_NUMBERS = AGREES.replace("0.5)]", "0.5), (torch.arange(4), 2)]")

PURE = '''
def test_argument_stays(student, pure):
    """The argument stays."""
    pure(student.clipped, [(torch.arange(6.0), 2.5)])
'''

TWO_AT_ONCE = '''
import torch

def right(student, reference, agree, inplace):
    agree(inplace(student.clipped), reference.clipped, [(torch.arange(6.0), 2.5), (torch.arange(4.0) - 2, 0.5)])

def test_both(student, reference, agree, pure, inplace):
    """Nothing is above the limit, and the argument stays."""
    right(student, reference, agree, inplace)
    pure(student.clipped, [(torch.arange(6.0), 2.5)])
'''

LEAVES_IT = """
from grader import mistake

@mistake("M1", "Clips nothing", hint="Look at the largest element.")
def clipped(t, most):
    return t.clone()
"""

CLIPS_IN_PLACE = """
@mistake("M2", "Clips the argument", hint="Clone it first.")
def clipped(t, most):
    return t.clamp_(max=most)
"""

SAME_AT_THE_LIMIT = """
[[equivalent]]
question = "clipped"
original = "result[result > most] = most"
mutated = "result[result >= most] = most"
reason = "what is equal to the limit is replaced by the limit"
"""

LONG_GONE = """
[[equivalent]]
question = "clipped"
original = "return result"
mutated = "return result.cos()"
reason = "nobody knows any more"
"""


def course(root: Path, id: str, suite: str, mistakes: str = LEAVES_IT, equivalent: str = "") -> list[str]:
    """A course of one question, and the command line that measures it.

    Its id is its own in this file: a suite's modules are named for it, and a process loads each of them once.
    """
    texts = {
        f"assignments/{id}/assignment.toml": ASSIGNMENT,
        f"solutions/{id}.py": SOLUTION,
        f"tests/hidden/{id}/test_clipped.py": suite,
        f"tests/mistakes/{id}/clipped.py": mistakes,
        f"tests/strength/equivalent/{id}.toml": equivalent,
    }
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [id, "--course", str(root)]


# --- contracts ----------------------------------------------------------------------------------------------------

NOT_PROMISED = """
[[not_promised]]
promises = ["a list for a tuple", "raises for infinity"]
reason = "the text does not speak of it"
"""


def test_contracts_that_a_suite_does_not_look_at(tmp_path, capsys):
    """What a caller could notice and no check does is named; what the text does not promise is listed with a reason."""
    where = course(tmp_path, "20_contracts", AGREES)
    listed = tmp_path / "tests/strength/promises/20_contracts.toml"
    listed.parent.mkdir(parents=True)
    listed.write_text(NOT_PROMISED, encoding="utf-8")
    some = {"float32 whatever came", "raises for infinity", "a list for a tuple", "leaves its arguments overwritten"}
    assert contracts.main([*where, *(f"--promise={name}" for name in sorted(some))]) == 1
    said = capsys.readouterr().out
    counts = {line[:48].strip(): line[48:].split() for line in said.splitlines() if line[48:].split()[3:]}
    assert counts["float32 whatever came"] == ["0", "0", "1", "0"]  # AGREES has one number type only
    assert counts["raises for infinity"] == ["0", "1", "0", "0"]
    assert counts["a list for a tuple"] == ["0", "0", "0", "1"]
    assert counts["leaves its arguments overwritten"] == ["1", "0", "0", "0"]
    assert "clipped: clipped float32 whatever came (surviving)" in said
    assert contracts.main([*where, "--promise=leaves its arguments overwritten"]) == 0


def test_only_known_promises_can_be_listed(tmp_path):
    """A promise that does not exist is a slip of the author."""
    course(tmp_path, "21_listed", AGREES)
    listed = tmp_path / "tests/strength/promises/21_listed.toml"
    listed.parent.mkdir(parents=True)
    listed.write_text(NOT_PROMISED.replace("infinity", "infinities"), encoding="utf-8")
    with pytest.raises(CourseError, match="infinities"):
        contracts.excuses(Course(tmp_path), "21_listed")


# --- mutants ------------------------------------------------------------------------------------------------------


def test_a_weak_suite_leaves_survivors(tmp_path, capsys):
    """What the suite does not look at survives, and is shown at its place in the author's file."""
    assert mutants.main([*course(tmp_path, "01_weak", AGREES), "--least", "95"]) == 1
    said = capsys.readouterr().out
    assert "solutions/01_weak.py:6 clipped" in said
    assert "-    result = t.clone()" not in said  # every call is watched for changed arguments
    assert "-    return result\n+    return result.float()\n" in said
    assert "+    result[result < most] = most" not in said


def test_a_strong_suite_and_its_equivalents(tmp_path, capsys):
    """A suite that looks at everything kills all but what does the same, which does not count.

    An entry that belongs to no survivor is said to be stale.
    """
    where = course(tmp_path, "02_strong", AGREES_WITH_WHOLE_NUMBERS + PURE, equivalent=SAME_AT_THE_LIMIT + LONG_GONE)
    assert mutants.main([*where, "--least", "100"]) == 0
    said = capsys.readouterr().out
    assert [line.split() for line in said.splitlines() if line.startswith("all ")] == [
        ["all", "8", "7", "1", "0", "100.0"]
    ]
    (stale,) = [line for line in said.splitlines() if line.startswith("stale")]
    assert "'return result' -> 'return result.cos()'" in stale


def test_a_reference_that_fails_is_no_measure(tmp_path):
    """When the reference does not pass its own suite, nothing is measured."""
    suite = AGREES + '\ndef test_no(student, demand):\n    """No."""\n    demand(False, "No.")\n'
    with pytest.raises(CourseError, match="the reference itself"):
        mutants.main(course(tmp_path, "03_failing", suite))


def test_what_leaves_a_check_unjudged_is_not_killed(tmp_path):
    """A suite that trips over an answer has not noticed what is wrong with it."""
    suite = (
        'import torch\n\ndef test_sum(student):\n    """It adds up."""\n    student.clipped(torch.ones(2), 1.0).sum()\n'
    )
    course(tmp_path, "08_tripping", suite)
    every = mutants.mutants_of(Course(tmp_path), "08_tripping")
    nothing = next(mutant for mutant in every if mutant.change.original == "return result")
    assert nothing.change.mutated == "pass"
    assert "test_sum is unjudged" in mutants.Judge(Course(tmp_path), "08_tripping").verdict(nothing)


def test_unknown_questions_are_refused(tmp_path):
    """A question that is not there is wrong usage, not a score of 100 %."""
    with pytest.raises(UsageError, match="nobody"):
        mutants.main([*course(tmp_path, "04_unknown", AGREES), "--question", "nobody"])


def test_entries_need_a_reason(tmp_path):
    """An equivalent entry says why."""
    course(tmp_path, "05_reason", AGREES, equivalent=SAME_AT_THE_LIMIT.replace("reason", "because"))
    with pytest.raises(CourseError, match="reason"):
        equivalents.load(Course(tmp_path), "05_reason")


def test_mutations_stay_inside_the_solution():
    """Signatures, docstrings, annotations and messages stay; every change is another one, and compiles."""
    before = SOLUTION[SOLUTION.index("def ") :].replace(
        "    return", '    x: int = 1\n    raise ValueError("no")\n    return'
    )
    found = list(mutations(before))
    assert len(set(found)) == len(found) > 10
    for after in found:
        compile(after, "mutant", "exec")
        assert after.startswith(before[: before.index("    # BEGIN")])
        assert "x: int" in after or "    pass" in after
        assert 'ValueError("no")' in after or "RuntimeError()" in after or "    pass" in after


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("return x.sum(dim=1, keepdim=True)", "return x.sum(dim=1)"),
        ("return x.sum(dim=1)", "return x.sum(dim=-1)"),
        ("return x.sum(dim=-1)", "return x.sum(dim=0)"),
        ("return x.mean()", "return x.sum()"),
        ("return x.std()", "return x.std(unbiased=False)"),
        ("return (a + b) * c", "return (a) * c"),
        ("return a - b", "return b - a"),
        ("return a * b.T", "return a * b"),
        ("return a, b", "return (b, a)"),
        ("return f(a, b)", "return f(b, a)"),
        ("return t[:, 1:]", "return t[:, :]"),
        ("while a and b: pass", "while not (a and b):\n    pass"),
        ("if a and b: pass", "if a or b: pass"),
        ("for i in range(n): pass", "for i in range(n - 1): pass"),
        ("return [x for x in y if x]", "return [x for x in y]"),
        ("x += 1", "x = x + 1"),
        ("t.add_(1)", "t.add(1)"),
        ("opt.zero_grad(); loss.backward()", "loss.backward()\nopt.zero_grad()"),
        ("with torch.no_grad(): f()", "f()"),
    ],
)
def test_slips_that_people_make(line, due):
    """Each of these changes is among the mutants."""
    indented = due.replace("\n", "\n    ")
    found = list(mutations(f"def f():\n    # BEGIN SOLUTION\n    {line}\n    # END SOLUTION"))
    assert any(f"SOLUTION\n    {indented}\n    #" in after for after in found)


def test_work_that_hangs_or_dies():
    """A child that does not come to an end, dies or raises is told from one that has something to say."""
    assert common.in_child(lambda: "done", 5) == "done"
    assert common.in_child(lambda: str(time.sleep(60)), 0.2) == common.SLOW
    assert common.in_child(lambda: os._exit(3), 5) == common.DIED
    assert common.in_child(lambda: str(1 / 0), 5).startswith(common.BROKEN)
    assert "MemoryError" in common.in_child(lambda: str(len(bytearray(8 << 30))), 20, memory_mb=4096)


def test_a_sample_is_spread():
    assert common.spread(range(10), 3) == [0, 3, 6]
    assert common.spread(range(2), 5) == [0, 1]
    assert common.spread(range(3), 0) == [0, 1, 2]


# --- assertions -----------------------------------------------------------------------------------------------------


def test_an_assertion_that_nobody_would_miss(tmp_path, capsys):
    """Of two assertions that say the same, each is shown with its place; others are not."""
    *rest, pure = TWO_AT_ONCE.splitlines()
    where = course(tmp_path, "06_unnoticed", "\n".join([*rest, pure, pure, ""]))
    assert assertions.main([*where, "--least", "90"]) == 1
    said = capsys.readouterr().out
    missed = [line for line in said.splitlines() if "nobody would miss" in line]
    file = "tests/hidden/06_unnoticed/test_clipped.py"
    assert [line.partition(" pure(")[0] for line in missed] == [f"{file}:{n}: nobody would miss" for n in (10, 11)]
    assert "50.0 % of 4 assertions" in said


def test_assertions_that_promises_need(tmp_path, capsys):
    """No known mistake writes into the argument; a broken promise does."""
    where = course(tmp_path, "09_promised", TWO_AT_ONCE)
    assert assertions.main([*where, "--least", "100"]) == 0
    assert "100.0 % of 3 assertions" in capsys.readouterr().out


def test_assertions_that_mistakes_need(tmp_path, capsys):
    """With a mistake for each, no assertion goes unnoticed."""
    where = course(tmp_path, "07_noticed", TWO_AT_ONCE, LEAVES_IT + CLIPS_IN_PLACE)
    assert assertions.main([*where, "--least", "100"]) == 0
    assert "100.0 % of 3 assertions" in capsys.readouterr().out


def test_assertions_are_found_in_helpers_and_loops(tmp_path):
    """Statements of helpers count, calls of helpers count, probes and values do not."""
    file = tmp_path / "test_x.py"
    file.write_text(
        "@probe\ndef look(f):\n    demand(1)\n"
        "def inner():\n    assert 1\n"
        "def outer():\n    inner()\n"
        "def test_x(student, same):\n    for i in range(3):\n        same(i, i)\n    outer()\n    print(expect(1))\n"
    )
    assert [(a.line, a.text) for a in assertions.assertions_in("x", file)] == [
        (5, "assert 1"),
        (7, "inner()"),
        (10, "same(i, i)"),
        (11, "outer()"),
    ]
