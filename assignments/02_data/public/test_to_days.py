import torch


def test_two_days_of_three_hours(student, same):
    """Six hours of two channels are two days of three hours."""
    table = torch.tensor([[0, 10], [1, 11], [2, 12], [3, 13], [4, 14], [5, 15]])
    due = torch.tensor([[[0, 1, 2], [10, 11, 12]], [[3, 4, 5], [13, 14, 15]]])
    same(student.to_days(table, 3), due, "to_days(table, 3)")
