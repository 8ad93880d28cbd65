import torch


def test_channels_last_to_first(student, same):
    """From HWC to CHW: a picture of 1×2 pixels with 3 channels."""
    t = torch.tensor([[[1, 2, 3], [4, 5, 6]]])
    due = torch.tensor([[[1, 4]], [[2, 5]], [[3, 6]]])
    same(student.convert_layout(t, "HWC", "CHW"), due, 'convert_layout(t, "HWC", "CHW")')
