import torch

from grader import probe
from grader.asking.words import count

DTYPES = (
    torch.float32, torch.float32, torch.int64, torch.float64, torch.float16, torch.int32, torch.uint8, torch.int8,
)  # fmt: skip


@probe
def seen(f, x):
    row, same_x = f(x)
    found = {"row": row.clone(), "caller's vector": x.clone(), "it is returned": same_x is x, "shape": list(row.shape)}
    row[0, -1] = 7
    return {**found, "caller's vector after writing into the row": x.clone()}


@probe
def calls(f, x):
    return [(f, x)]


def test_both_show_the_mark(student, reference, same, run, untouched, rng):
    """The row has the shape (1, n); it and the vector begin with a 5, the rest stays; so do later writes."""
    for n, dtype in zip((1, 6, 4, 3, 5, 2, 1, 2), DTYPES, strict=True):
        x = (100 * torch.rand(n, generator=rng) - 40 * dtype.is_signed).to(dtype)
        row, marked = reference.view_and_mark(x.clone())
        written = marked.clone()
        written[-1] = 7
        due = {
            "row": row,
            "caller's vector": marked,
            "it is returned": True,
            "shape": [1, n],
            "caller's vector after writing into the row": written,
        }
        same(
            run(seen, student.view_and_mark, x),
            due,
            f"With {count(n, 'number')} of {str(dtype).removeprefix('torch.')}",
        )
    untouched(student.view_and_mark, calls, torch.rand(4, generator=rng), but=["arguments"])
