import torch


def test_three_samples(student, same):
    """Three pictures and labels: `len` is 3, and sample 1 is the second picture with its label."""
    x = torch.arange(6.0).reshape(3, 2)
    dataset = student.PairDataset(x, torch.tensor([5, 7, 9]))
    same(len(dataset), 3, "len(dataset)")
    same(dataset[1], (torch.tensor([2.0, 3.0]), 7), "dataset[1]")
