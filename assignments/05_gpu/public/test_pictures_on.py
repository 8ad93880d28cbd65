import torch


def test_two_pixels(student, same):
    """Two pixels with the channels 0, 51, 255 and 51, 102, 0: each channel becomes a picture of two pixels."""
    image = torch.tensor([[[[0, 51, 255], [51, 102, 0]]]], dtype=torch.uint8)
    due = torch.tensor([[0.0, 0.2], [0.2, 0.4], [1.0, 0.0]]).reshape(1, 3, 1, 2)
    same(student.pictures_on(image, "cpu"), due, "For two pixels beside each other")
