import torch


def test_two_codes(student, same):
    """The codes 2 and 0 in four slots, as in the figure."""
    codes = torch.tensor([2, 0])
    same(student.one_hot(codes, 4), torch.tensor([[0.0, 0, 1, 0], [1, 0, 0, 0]]), "one_hot([2, 0], 4)")
    same(student.thermometer(codes, 4), torch.tensor([[1.0, 1, 1, 0], [1, 0, 0, 0]]), "thermometer([2, 0], 4)")
