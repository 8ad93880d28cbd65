import torch


def test_over_and_cast(student, same):
    """To a card, and to a card as another dtype."""
    t = torch.tensor([1.5, 2.5])
    same(student.move(t, "cuda"), t.to("cuda"), 'move(t, "cuda")')
    same(student.move(t, "cuda", torch.int64), torch.tensor([1, 2]).to("cuda"), 'move(t, "cuda", torch.int64)')
