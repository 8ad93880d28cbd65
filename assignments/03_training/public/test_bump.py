import torch


def test_middle_and_tails(student, demand, expect):
    """A steep bump from -1 to 1 is near 0, 1, 0 at -3, 0, 3."""
    got = expect(student.bump(torch.tensor([-3.0, 0.0, 3.0]), -1.0, 1.0, 10.0), torch.Tensor)
    near = got.shape == (3,) and bool(torch.allclose(got, torch.tensor([0.0, 1.0, 0.0]), atol=1e-3))
    demand(near, f"At -3, 0 and 3 the bump is {got.tolist()}.")
