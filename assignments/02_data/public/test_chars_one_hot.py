import torch


def test_two_letters(student, same, expect):
    """ " aB " has two rows, with their 1 in the slots 97 and 98."""
    got = expect(student.chars_one_hot(" aB "), torch.Tensor)
    same((tuple(got.shape), got.dtype), ((2, 128), torch.float32), "Shape and dtype")
    same(got.nonzero(), torch.tensor([[0, 97], [1, 98]]), "The places of the ones")
