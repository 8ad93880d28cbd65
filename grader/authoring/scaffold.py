"""A new assignment with one working question in it: something to copy, not an empty form."""

from __future__ import annotations

from pathlib import Path

from grader.course.catalog import ID, Course
from grader.course.notebooks import build
from grader.errors import UsageError

FILES = {
    "assignments/{id}/assignment.toml": """\
title = "{number} · {title}"
summary = "One sentence: what one can do after it."

# [limits]               # seconds and megabytes; these are the defaults
# cell = 20              # one cell
# submission = 180       # all cells together
# call = 10              # one call of a hidden check
# memory_mb = 4096

[curriculum]             # what the assignment must cover: see `grader course`
R1 = "adding the elements of a tensor"

# [taught]               # rows without a question: the section whose text works them through, and a word of it
# R2 = {{ section = "First things", says = "elements" }}

[[questions]]
id = "total"             # the name of what the student writes, and of this question's files
title = "Add them up"
section = "First things"
points = 2
rows = ["R1"]
""",
    "solutions/{id}.py": """\
# %% [markdown]
# # {number} · {title}
#
# What this is about, and why one wants to know it.

# %%
import torch

from grader import check

# %% [markdown]
# ## First things
#
# The text that teaches the question comes before it.


# %% question="total"
def total(t: torch.Tensor) -> float:
    \"\"\"The sum of all elements as a Python float.

    Args:
        t: any shape, any real dtype.
    \"\"\"
    # BEGIN SOLUTION
    return float(t.sum())
    # END SOLUTION


check("total")
""",
    "assignments/{id}/public/test_total.py": """\
import torch


def test_three_numbers(student, same):
    \"\"\"1, 2 and 3.5 add up to 6.5.\"\"\"
    same(student.total(torch.tensor([1.0, 2.0, 3.5])), 6.5, "total([1, 2, 3.5])")
""",
    "tests/hidden/{id}/test_total.py": """\
import torch


def test_any_shape(student, reference, agree, rng):
    \"\"\"The sum is right for every shape and dtype, as a Python float.\"\"\"
    cases = {{
        "a matrix": (torch.rand(3, 4, generator=rng),),
        "whole numbers": (torch.randint(0, 9, (5,), generator=rng),),
    }}
    agree(student.total, reference.total, cases)
""",
    "tests/mistakes/{id}/total.py": """\
from grader import mistake


@mistake("M1", "Leaves the sum in a tensor", hint="A Python float was asked for: take the number out of the tensor.")
def total(t):
    return t.sum()


@mistake("M2", "Adds along one axis only", hint="Without an axis, all elements are added.")
def total(t):
    return t.sum(dim=0).tolist()
""",
    "tests/alternatives/{id}/total.py": """\
from grader import alternative


@alternative("item")
def total(t):
    return t.double().sum().item()
""",
}


def scaffold(course: Course, id: str) -> list[Path]:
    """Write the files of a new assignment. Raises UsageError for a wrong id or one that exists."""
    if not ID.fullmatch(id):
        raise UsageError(f"{id!r} is no id of an assignment: two digits, an underscore, small letters, as in 06_topic")
    if course.handout(id).exists() or course.solution(id).exists():
        raise UsageError(f"there is an assignment {id} already")
    number, _, topic = id.partition("_")
    words = {"id": id, "number": str(int(number)), "title": topic.replace("_", " ").capitalize()}
    written = []
    for name, text in FILES.items():
        path = course.root / name.format(**words)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(**words), encoding="utf-8")
        written.append(path)
    path, text = build(course, id)
    path.write_text(text, encoding="utf-8")
    return [*written, path]
