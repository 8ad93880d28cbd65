import torch


def test_mix(student, same):
    """Half of 200 and half of 100 is 150."""
    a, b = torch.tensor([200, 0], dtype=torch.uint8), torch.tensor([100, 7], dtype=torch.uint8)
    same(student.mix(a, b), torch.tensor([150, 3], dtype=torch.uint8), "For pixels of 200 and 100, and of 0 and 7")


def test_squared_error(student, same):
    """Two scores that are right but for 1 and 3: the mean of 1 and 9 is 5."""
    got = student.squared_error(torch.tensor([[1.0], [5.0]]), torch.tensor([2.0, 8.0]))
    same(got, torch.tensor(5.0), "For the scores 1 and 5 and the targets 2 and 8")


def test_running_sums(student, same):
    """Two rows give two sums."""
    got = student.running_sums(torch.tensor([[1.0, 2.0], [10.0, 20.0]]))
    same(got, [torch.tensor([1.0, 2.0]), torch.tensor([11.0, 22.0])], "For the rows (1, 2) and (10, 20)")


def test_channels_as_rows(student, same):
    """A picture of 2×2 with two channels, cut out of one of 2×3."""
    image = torch.tensor([[[0, 0], [1, 10], [2, 20]], [[0, 0], [3, 30], [4, 40]]])[:, 1:]
    same(student.channels_as_rows(image), torch.tensor([[1, 2, 3, 4], [10, 20, 30, 40]]), "For a picture of 2×2")


def test_share_of_largest(student, same):
    """The largest of a row becomes 1."""
    got = student.share_of_largest(torch.tensor([[1.0, 4.0], [5.0, 2.0]]))
    same(got, torch.tensor([[0.25, 1.0], [1.0, 0.4]]), "For the rows (1, 4) and (5, 2)")
