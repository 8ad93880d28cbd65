import torch


def test_two_batches(student, same):
    """A picture of the value 1 and, in a second batch, two of 4: mean 3 and std √2."""
    batches = [torch.full((1, 1, 1, 2), 1.0), torch.full((2, 1, 1, 2), 4.0)]
    due = (torch.tensor([3.0]), torch.tensor([2.0]).sqrt())
    same(student.streaming_stats(batches), due, "streaming_stats(batches)")


def test_large_values(student, same):
    """The values 2999 and 3001 have mean 3000 and std 1."""
    batch = torch.tensor([2999.0, 3001.0]).repeat(500).reshape(1, 1, 10, 100)
    same(student.streaming_stats([batch]), (torch.tensor([3000.0]), torch.tensor([1.0])), "streaming_stats([batch])")
