import torch


def test_four_levels(student, same):
    """The levels 1 and 4 become 0 and 1; min-max of 10 and 30 as well."""
    days = torch.tensor([[[1.0, 4.0], [10.0, 30.0]]])
    same(student.rescale(days, 0, "levels"), torch.tensor([[[0.0, 1.0], [10.0, 30.0]]]), 'rescale(days, 0, "levels")')
    same(student.rescale(days, 1, "minmax"), torch.tensor([[[1.0, 4.0], [0.0, 1.0]]]), 'rescale(days, 1, "minmax")')
