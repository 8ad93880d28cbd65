import torch


def test_cat_and_stack(student, same):
    """Two (2, 2) make (4, 2) with cat and (2, 2, 2) with stack."""
    a, b = torch.zeros(2, 2), torch.ones(2, 2)
    same(student.join([a, b], "cat", 0).shape, torch.Size([4, 2]), "The shape with cat")
    same(student.join([a, b], "stack", 0).shape, torch.Size([2, 2, 2]), "The shape with stack")
