import torch


def test_two_filters(student, same):
    """Filters of 1×2 on 3×3 pixels: the left pixel and 1, and twice the right one and 10."""
    x = torch.arange(9.0).reshape(1, 1, 3, 3)
    w = torch.tensor([[1.0, 0.0], [0.0, 2.0]]).reshape(2, 1, 1, 2)
    due = torch.stack([x[0, 0, :, :2] + 1, 2 * x[0, 0, :, 1:] + 10])[None]
    same(student.convolve(x, w, torch.tensor([1.0, 10.0])), due, "convolve(x, w, b)")


def test_stride_and_padding(student, same):
    """A 2×2 filter of ones in steps of 2, with a border of zeros: it meets one, two or four of 3×3 pixels."""
    x, w = torch.arange(9.0).reshape(1, 1, 3, 3), torch.ones(1, 1, 2, 2)
    due = torch.tensor([[[[0.0, 1.0 + 2.0], [3.0 + 6.0, 4.0 + 5.0 + 7.0 + 8.0]]]])
    same(student.convolve(x, w, torch.zeros(1), stride=2, padding=1), due, "convolve(x, w, b, stride=2, padding=1)")
