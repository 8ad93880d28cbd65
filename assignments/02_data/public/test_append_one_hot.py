import torch


def test_one_day_of_three_hours(student, same):
    """Codes 2, 1, 2 in channel 0 of one day give two more channels, 0 1 0 and 1 0 1."""
    days = torch.tensor([[[2.0, 1, 2], [7, 8, 9]]])
    due = torch.tensor([[[2.0, 1, 2], [7, 8, 9], [0, 1, 0], [1, 0, 1]]])
    same(student.append_one_hot(days, 0, 2), due, "append_one_hot(days, 0, 2)")
