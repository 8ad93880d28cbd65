import torch


def test_one_pixel(student, same):
    """The pixel in row 1, column 0 keeps its place."""
    image = torch.zeros(2, 3, 3)
    image[1, 0] = torch.tensor([1.0, 2.0, 3.0])
    same(student.hwc_to_chw(image)[:, 1, 0], torch.tensor([1.0, 2.0, 3.0]), "The pixel after the move")
