import torch


def test_four_points(student, same):
    """For x = (1, 2, 3, 4), t = 0 and the line 1·x + 0 the errors are 1, 2, 3, 4, and the slopes 15 and 5."""
    got = student.loss_gradient(torch.tensor([1.0, 2.0, 3.0, 4.0]), torch.zeros(4), torch.tensor([1.0, 0.0]))
    same(got, torch.tensor([15.0, 5.0]), "loss_gradient([1, 2, 3, 4], [0, 0, 0, 0], [1, 0])")
