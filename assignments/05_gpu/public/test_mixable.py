import torch


def test_vectors_and_numbers(student, same):
    """Two vectors on two devices do not mix; a number of the CPU mixes with a vector on a card."""
    vector, number = torch.tensor([1.0, 2.0]), torch.tensor(3.0)
    same(student.mixable(vector, vector.to("cuda")), False, "Two vectors on CPU and card")
    same(student.mixable(vector.to("cuda"), number), True, "A vector on the card and a number on the CPU")


def test_aligned(student, same):
    """The sum is where the first one is."""
    a, b = torch.tensor([1.0, 2.0]), torch.tensor([10.0, 20.0])
    same(student.add_aligned(a.to("cuda"), b), (a + b).to("cuda"), "add_aligned(a on the card, b on the CPU)")
