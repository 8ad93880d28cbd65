import torch


def test_one_pixel(student, same):
    """One pixel with the channels 0, 51 and 255."""
    image = torch.tensor([[[[0, 51, 255]]]], dtype=torch.uint8)
    due = torch.tensor([0.0, 0.2, 1.0]).reshape(1, 3, 1, 1)
    same(student.pictures_on(image, "cpu"), due, "For one pixel")
