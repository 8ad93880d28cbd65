import torch


def test_one_bright_column(student, same):
    """A picture that is dark on the left and bright on the right."""
    image = torch.tensor([[0.0, 0.0, 9.0, 9.0]] * 3).reshape(1, 1, 3, 4)
    maps = student.edge_maps(image)
    same(list(maps.shape), [1, 3, 3, 4], "The shape of edge_maps(image)")
    same(maps[0, :, 1], torch.tensor([[0.0, 36.0, 36.0, -36.0], [0.0] * 4, [0.0, 3.0, 6.0, 6.0]]), "The middle rows")


def test_bright_below(student, same):
    """A picture that is dark above and bright below: "down" is positive there."""
    image = torch.tensor([[0.0] * 3, [0.0] * 3, [9.0] * 3, [9.0] * 3]).reshape(1, 1, 4, 3)
    maps = student.edge_maps(image)
    same(list(maps.shape), [1, 3, 4, 3], "The shape of edge_maps(image)")
    same(maps[0, 1, :, 1], torch.tensor([0.0, 36.0, 36.0, -36.0]), "The middle column of down")
