import torch


def test_a_wide_photograph(student, same):
    """720 × 1280 becomes 256 × 455; the middle of a row of five is its third number."""
    same(student.shorter_side(720, 1280, 256), (256, 455), "shorter_side(720, 1280, 256)")
    image = torch.arange(5).reshape(1, 1, 5)
    same(student.center_crop(image, 1), torch.tensor([[[2]]]), "center_crop(image, 1)")
