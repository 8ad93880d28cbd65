import torch

from grader import probe


@probe
def doubled(batched_apply, x):
    sizes, graphs = [], []
    weight = torch.tensor(2.0, device="cuda", requires_grad=True)

    def f(batch):
        sizes.append(len(batch))
        graphs.append((weight * batch).requires_grad)
        return weight * batch

    return {"result": batched_apply(f, x, 2, "cuda"), "sizes": sizes, "a graph is built": any(graphs)}


def test_five_numbers(student, same, run):
    """Five numbers in batches of two, multiplied on a card by a weight that is 2, without a graph."""
    x = torch.arange(5.0)
    due = {"result": 2 * x, "sizes": [2, 2, 1], "a graph is built": False}
    same(run(doubled, student.batched_apply, x), due, "Five numbers, two at a time")
