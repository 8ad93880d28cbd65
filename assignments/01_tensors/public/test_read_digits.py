import torch


def test_two_pictures(student, same):
    """A network that compares the left half with the right one tells which of them is darker."""
    images = torch.tensor([[[16, 0], [16, 0]], [[0, 8], [0, 16]]], dtype=torch.uint8)
    w1 = torch.tensor([[4.0, -4.0], [-4.0, 4.0], [4.0, -4.0], [-4.0, 4.0]])
    w2 = torch.tensor([[5.0, -5.0], [-5.0, 5.0]])
    said = student.read_digits(images, w1, w2, torch.zeros(1, 2), torch.zeros(1, 2))
    same(said, torch.tensor([0, 1]), "For a picture that is dark at the left (0), and one dark at the right (1)")
