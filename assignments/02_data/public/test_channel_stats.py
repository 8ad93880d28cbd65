import torch


def test_two_flat_pictures(student, same):
    """Two pictures of one pixel: 0 and 2 in the first channel, 4 and 8 in the second."""
    batch = torch.tensor([[0.0, 4.0], [2.0, 8.0]]).reshape(2, 2, 1, 1)
    root = torch.tensor(2.0).sqrt()
    same(
        student.channel_stats(batch), (torch.tensor([1.0, 6.0]), torch.stack([root, 2 * root])), "channel_stats(batch)"
    )


def test_as_wide_as_there_are_channels(student, same):
    """Each channel has a mean and a spread of its own, also in a picture of two channels and two columns."""
    image = torch.tensor([[[3.0, 5.0]], [[3.0, 5.0]]])
    due = torch.tensor([[[0.5, 1.0]], [[0.0, 1.0]]])
    same(
        student.normalise(image, torch.tensor([1.0, 3.0]), torch.tensor([4.0, 2.0])), due, "normalise(image, mean, std)"
    )
