import torch

from grader import probe


@probe
def asked(accuracy):
    model = torch.nn.Identity()
    scores = torch.tensor([[2.0, 1.0], [0.0, 5.0], [3.0, 1.0]])
    loader = torch.utils.data.DataLoader(list(zip(scores, [0, 1, 1], strict=True)), batch_size=2)
    return accuracy(model, loader)


def test_two_of_three(student, same, run):
    """Two of three scores are highest at the true class."""
    same(run(asked, student.accuracy), 2 / 3, "accuracy(…) of three samples in two batches")
