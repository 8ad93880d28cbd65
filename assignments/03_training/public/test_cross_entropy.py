import torch


def test_two_rows(student, same):
    """The rows (1, 2, 3) and (3, 2, 1) with the true classes 2 and 0."""
    scores, y = torch.tensor([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]]), torch.tensor([2, 0])
    logp = student.log_softmax(scores)
    same(logp[:, 1], torch.tensor([-1.4076059, -1.4076059]), "The second column of log_softmax")
    got = student.nll(torch.tensor([[-1.0, -2.0], [-3.0, -5.0]]), torch.tensor([0, 1]))
    same(got, torch.tensor(3.0), "nll([[-1, -2], [-3, -5]], [0, 1])")
    same(student.cross_entropy(scores, y), torch.tensor(0.4076059), "cross_entropy")


def test_a_hopeless_class(student, same):
    """The true class has a score that is 500 below the other: the loss is 500, and not infinite."""
    same(student.cross_entropy(torch.tensor([[500.0, 0.0]]), torch.tensor([1])), torch.tensor(500.0), "cross_entropy")
