import torch


def test_two_files(student, same, expect):
    """The tomato (RGB) and the leaf (RGBA) make a uint8 batch of shape (2, 3, 96, 96)."""
    paths = ["data/images/tomato.png", "data/images/leaf.png"]
    batch = expect(student.load_batch(paths), torch.Tensor)
    same((tuple(batch.shape), batch.dtype), ((2, 3, 96, 96), torch.uint8), "Shape and dtype of the batch")
    same(batch[0, :, 50, 30], torch.tensor([255, 51, 36], dtype=torch.uint8), "A pixel of the tomato")
