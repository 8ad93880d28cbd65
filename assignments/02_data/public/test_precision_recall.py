import torch


def test_four_predictions(student, same):
    """Two of four are predicted good, one of them rightly, and three are good: precision 1/2, recall 1/3."""
    predicted = torch.tensor([True, True, False, False])
    actual = torch.tensor([True, False, True, True])
    same(student.precision_recall(predicted, actual), (1 / 2, 1 / 3), "precision_recall(predicted, actual)")


def test_nothing_predicted(student, same):
    """Where nothing is predicted, both are 0.0."""
    predicted, actual = torch.tensor([False, False]), torch.tensor([True, False])
    same(student.precision_recall(predicted, actual), (0.0, 0.0), "precision_recall(predicted, actual)")
