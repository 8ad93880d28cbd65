import torch

from grader import probe


@probe
def prepared(prepare, device):
    layer = prepare(torch.tensor([1.0, 2.0]), torch.tensor([2.0, 4.0])).to(device)
    return layer(torch.tensor([[3.0, 2.0], [1.0, 6.0]]).to(device))


def test_two_rows(student, same, run):
    """Two rows of two features, on the CPU and on a card."""
    due = torch.tensor([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]])
    same(run(prepared, student.Prepare, "cpu"), due, "On the CPU")
    same(run(prepared, student.Prepare, "cuda"), due.to("cuda"), "On a card")
