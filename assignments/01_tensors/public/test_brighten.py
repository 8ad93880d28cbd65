import torch


def test_no_wrapping(student, same):
    """200 + 100 stops at 255."""
    image = torch.tensor([[10, 200]], dtype=torch.uint8)
    same(student.brighten(image, 100), torch.tensor([[110, 255]], dtype=torch.uint8), "brighten([[10, 200]], 100)")
