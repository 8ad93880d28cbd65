import torch


def test_eight_weeks(student, same, expect):
    """`data/rides.csv` gives (1344, 17) in float32; the first row is of day 1, with 24 rides."""
    table = expect(student.load_rides("data/rides.csv"), torch.Tensor)
    same((tuple(table.shape), table.dtype), ((1344, 17), torch.float32), "Shape and dtype of the table")
    same(table[0, [1, 16]], torch.tensor([1.0, 24.0]), "The day and the count of the first row")
