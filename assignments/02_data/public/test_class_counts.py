import torch


def test_three_classes(student, same):
    """Labels 0, 0, 2 of three classes; the counts 2, 0, 1 have the weights 0.5, 0 and 1."""
    same(student.class_counts(torch.tensor([0, 2, 0]), 3), torch.tensor([2, 0, 1]), "class_counts([0, 2, 0], 3)")
    same(student.class_counts(torch.tensor([0, 0]), 3), torch.tensor([2, 0, 0]), "class_counts([0, 0], 3)")
    same(student.class_weights(torch.tensor([2, 0, 1])), torch.tensor([0.5, 0.0, 1.0]), "class_weights([2, 0, 1])")
