import torch


def test_a_green_picture(student, same):
    """Green is 90, red 30 and blue 0: the brightness is 40, and green prevails."""
    image = torch.tensor([30, 90, 0], dtype=torch.uint8).reshape(3, 1, 1).repeat(1, 4, 5)
    same(student.brightness(image), 40.0, "brightness(image)")
    same(student.dominant_channel(image), "green", "dominant_channel(image)")
