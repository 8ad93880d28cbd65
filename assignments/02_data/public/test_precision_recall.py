import torch


def test_four_predictions(student, same):
    """Two of four are predicted good, one of them rightly, and three are good: precision 1/2, recall 1/3."""
    predicted = torch.tensor([True, True, False, False])
    actual = torch.tensor([True, False, True, True])
    same(student.precision_recall(predicted, actual), (1 / 2, 1 / 3), "precision_recall(predicted, actual)")
