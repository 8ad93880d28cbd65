import torch


def test_the_picture_above(student, same):
    """The three sequences of the figure, with labels 1, 0, 1."""
    samples = [(torch.tensor([7, 2, 9]), 1), (torch.tensor([4]), 0), (torch.tensor([5, 3, 3, 8, 1]), 1)]
    padded = torch.tensor([[7, 2, 9, 0, 0], [4, 0, 0, 0, 0], [5, 3, 3, 8, 1]])
    due = (padded, torch.tensor([3, 1, 5]), torch.tensor([1, 0, 1]))
    same(student.pad_collate(samples), due, "pad_collate(samples)")


def test_a_zero_at_the_end(student, same):
    """A sentence may end with an unknown word, which is a 0 and counts."""
    samples = [(torch.tensor([7, 0]), 1), (torch.tensor([4, 2, 6]), 0)]
    due = (torch.tensor([[7, 0, 0], [4, 2, 6]]), torch.tensor([2, 3]), torch.tensor([1, 0]))
    same(student.pad_collate(samples), due, "pad_collate(samples)")
