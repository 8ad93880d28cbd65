import torch


def test_the_meadow(student, same, expect):
    """The meadow, 160 × 90 pixels, becomes a batch of one square; its sky is light blue."""
    batch = expect(student.prepare_photo("data/images/meadow.png", 60, 56), torch.Tensor)
    same((tuple(batch.shape), batch.dtype), ((1, 3, 56, 56), torch.float32), "Shape and dtype")
    same(batch[0, 2, 2, 28] > batch[0, 0, 2, 28] > 0.4, torch.tensor(True), "Whether the sky is blue")


def test_normalised(student, same, expect):
    """With a mean and a std of ½ for each channel, every value v becomes 2v - 1."""
    plain = expect(student.prepare_photo("data/images/meadow.png", 60, 56), torch.Tensor)
    half = [0.5, 0.5, 0.5]
    same(
        student.prepare_photo("data/images/meadow.png", 60, 56, half, half), 2 * plain - 1, "The normalised photograph"
    )
