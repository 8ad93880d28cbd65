import numpy as np
import torch


def test_from_a_card(student, same):
    """Three numbers from a card."""
    due = np.array([1.0, 2.0, 3.0], dtype=np.float32)
    same(student.to_numpy(torch.tensor([1.0, 2.0, 3.0]).to("cuda")), due, "For a tensor on the card")
