import torch


def test_a_wide_photograph(student, same):
    """720 × 1280 becomes 256 × 455, and 5 × 3 becomes 6 × 4; the middle of a row of five is its third number."""
    same(student.shorter_side(720, 1280, 256), (256, 455), "shorter_side(720, 1280, 256)")
    same(student.shorter_side(5, 3, 4), (6, 4), "shorter_side(5, 3, 4)")
    image = torch.arange(5).reshape(1, 1, 5)
    same(student.center_crop(image, 1), torch.tensor([[[2]]]), "center_crop(image, 1)")
