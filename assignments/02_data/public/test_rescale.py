import torch


def test_four_levels(student, same):
    """The levels 1 and 4 become 0 and 1; min-max of 10 and 30 as well."""
    days = torch.tensor([[[1.0, 4.0], [10.0, 30.0]]])
    same(student.rescale(days, 0, "levels"), torch.tensor([[[0.0, 1.0], [10.0, 30.0]]]), 'rescale(days, 0, "levels")')
    same(student.rescale(days, 1, "minmax"), torch.tensor([[[1.0, 4.0], [0.0, 1.0]]]), 'rescale(days, 1, "minmax")')


def test_a_cold_day_and_a_hot_one(student, same):
    """Smallest and largest are those of both days; levels count from 1 to 4, though no 4 occurs."""
    days = torch.tensor([[[0.0, 10.0]], [[20.0, 40.0]]])
    due = torch.tensor([[[0.0, 0.25]], [[0.5, 1.0]]])
    same(student.rescale(days, 0, "minmax"), due, 'rescale(days, 0, "minmax")')
    weather = torch.tensor([[[1.0, 2.0]]])
    same(student.rescale(weather, 0, "levels"), torch.tensor([[[0.0, 1 / 3]]]), 'rescale(weather, 0, "levels")')
