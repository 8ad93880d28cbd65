import torch


def test_float16(student, same):
    """In float16, 70000 becomes infinite and 1e-9 zero."""
    t = torch.tensor([1.0, 70000.0, 1e-9, 0.0])
    same(student.lost(t, torch.float16), (1, 1), "lost([1, 70000, 1e-9, 0], float16)", parts="infinite ones, zeros")


def test_scale(student, same):
    """3000 can be multiplied by 16, and not by 32."""
    same(student.safe_scale(torch.tensor([1.0, -3000.0])), 16.0, "safe_scale([1, -3000])")
