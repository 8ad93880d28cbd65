import torch

from grader import probe


@probe
def doubled(batched_apply, x):
    sizes = []

    def f(batch):
        sizes.append(len(batch))
        return 2 * batch

    return {"result": batched_apply(f, x, 2, "cuda"), "sizes": sizes}


def test_five_numbers(student, same, run):
    """Five numbers in batches of two, doubled on a card."""
    x = torch.arange(5.0)
    same(run(doubled, student.batched_apply, x), {"result": 2 * x, "sizes": [2, 2, 1]}, "Five numbers, two at a time")
