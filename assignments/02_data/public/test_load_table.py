import torch


def test_the_wines(student, same, expect):
    """`data/wine.csv` has twelve names without quotes and a float32 tensor of shape (400, 12)."""
    names, table = expect(student.load_table("data/wine.csv", ";"), (tuple, list))
    same((len(names), names[0], names[-1]), (12, "fixed acidity", "quality"), "How many names, the first and the last")
    same((tuple(table.shape), table.dtype), ((400, 12), torch.float32), "Shape and dtype of the table")
    same(table[0, :3], torch.tensor([6.9, 0.291, 0.1]), "The beginning of the first row")
