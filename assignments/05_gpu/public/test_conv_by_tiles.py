import torch


def test_two_devices(student, same):
    """Four rows, of which two output rows are computed on two devices."""
    x, weight = torch.arange(12.0).reshape(1, 1, 4, 3), torch.ones(1, 1, 3, 3)
    due = torch.tensor([[[[36.0], [63.0]]]])
    same(student.conv_by_tiles(x, weight, ["cpu", "cuda"]), due, 'conv_by_tiles(x, weight, ["cpu", "cuda"])')
