import numpy as np
import torch


def test_two_pixels(student, same):
    """Bytes are divided by 255, whatever the brightest of them is: 51 becomes 0.2 in the channel where it was."""
    array = np.array([[[0, 51, 102], [51, 0, 51]]], dtype=np.uint8)
    due = torch.tensor([[[0.0, 0.2]], [[0.2, 0.0]], [[0.4, 0.2]]])
    same(student.to_tensor(array), due, "to_tensor(array)")


def test_a_grey_picture_of_floats(student, same):
    """Floats stay what they are, and a grey picture gets one channel."""
    array = np.array([[0.5, 2.0]])
    same(student.to_tensor(array), torch.tensor([[[0.5, 2.0]]]), "to_tensor(array)")
