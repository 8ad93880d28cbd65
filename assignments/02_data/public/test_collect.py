import torch


def test_three_of_four(student, same):
    """From two batches of two, the first three samples."""
    loader = [
        (torch.tensor([[1.0], [2.0]]), torch.tensor([0, 1])),
        (torch.tensor([[3.0], [4.0]]), torch.tensor([1, 0])),
    ]
    due = [(torch.tensor([1.0]), "cat"), (torch.tensor([2.0]), "dog"), (torch.tensor([3.0]), "dog")]
    same(student.collect(loader, 3, {0: "cat", 1: "dog"}), due, "collect(loader, 3, names)")
