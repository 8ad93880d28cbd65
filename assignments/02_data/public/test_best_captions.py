import torch


def test_two_directions(student, same):
    """A long vector to the right suits the sentence to the right; a steep one the sentence upwards."""
    images = torch.tensor([[10.0, 0.0], [3.0, 4.0]])
    texts = torch.tensor([[0.0, 2.0], [1.0, 0.0]])
    due = (torch.tensor([[0.0, 1.0], [0.8, 0.6]]), torch.tensor([1, 0]))
    same(student.best_captions(images, texts), due, "best_captions(images, texts)")


def test_a_long_sentence(student, same):
    """The longer vector is not the nearer one: it is the direction that counts."""
    image, texts = torch.tensor([[1.0, 0.0]]), torch.tensor([[1.0, 0.0], [3.0, 4.0]])
    same(student.best_captions(image, texts), (torch.tensor([[1.0, 0.6]]), torch.tensor([0])), "best_captions")
