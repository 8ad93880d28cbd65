import torch

from grader import probe


@probe
def outputs(collapse):
    first, second = torch.nn.Linear(2, 2), torch.nn.Linear(2, 2)
    with torch.no_grad():
        first.weight.copy_(torch.tensor([[1.0, 2.0], [0.0, 1.0]]))
        first.bias.copy_(torch.tensor([1.0, 0.0]))
        second.weight.copy_(torch.tensor([[1.0, 0.0], [3.0, 1.0]]))
        second.bias.copy_(torch.tensor([0.0, 5.0]))
    merged = collapse(first, second)
    return merged(torch.tensor([[0.0, 0.0], [1.0, 1.0]])).detach()


def test_numbers(student, same, run):
    """(x, y) becomes (u, v) = (x + 2y + 1, y), then (u, 3u + v + 5): from (0, 0) to (1, 8), from (1, 1) to (4, 18)."""
    due = torch.tensor([[1.0, 8.0], [4.0, 18.0]])
    same(run(outputs, student.collapse), due, "The output at (0, 0) and (1, 1)")
