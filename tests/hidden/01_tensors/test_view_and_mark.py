import torch

from grader import probe
from grader.asking.words import count


@probe
def seen(f, x):
    row, same_x = f(x)
    return {"row": row.clone(), "x": x.clone(), "returned": same_x is x, "shape": list(row.shape)}


def test_both_show_the_mark(student, reference, same, run, rng):
    """The row has the shape (1, n); it and the vector begin with a 5, the rest stays."""
    for n in (1, 6):
        x = torch.rand(n, generator=rng)
        row, marked = reference.view_and_mark(x.clone())
        due = {"row": row.clone(), "x": marked.clone(), "returned": True, "shape": [1, n]}
        same(run(seen, student.view_and_mark, x), due, f"With {count(n, 'number')}")
