import torch

from grader import probe


@probe
def outputs(collapse):
    first, second = torch.nn.Linear(1, 1), torch.nn.Linear(1, 1)
    with torch.no_grad():
        first.weight.fill_(2.0)
        first.bias.fill_(1.0)
        second.weight.fill_(3.0)
        second.bias.fill_(5.0)
    merged = collapse(first, second)
    return merged(torch.tensor([[0.0], [1.0]])).detach()


def test_numbers(student, same, run):
    """3·(2·x + 1) + 5 is 8 at 0 and 14 at 1."""
    same(run(outputs, student.collapse), torch.tensor([[8.0], [14.0]]), "The output at 0 and 1")
