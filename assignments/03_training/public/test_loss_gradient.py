import torch


def test_two_points(student, same):
    """For x = (1, 2), t = (0, 0) and the line 1·x + 0 the slopes are 5 and 3."""
    got = student.loss_gradient(torch.tensor([1.0, 2.0]), torch.tensor([0.0, 0.0]), torch.tensor([1.0, 0.0]))
    same(got, torch.tensor([5.0, 3.0]), "loss_gradient([1, 2], [0, 0], [1, 0])")
