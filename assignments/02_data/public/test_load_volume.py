import torch


def test_shapes(student, same, expect):
    """The scan in `data/slices` is a volume (1, 20, 48, 48); two of them are a batch (2, 1, 20, 48, 48)."""
    volume = expect(student.load_volume("data/slices"), torch.Tensor)
    same((tuple(volume.shape), volume.dtype), ((1, 20, 48, 48), torch.float32), "Shape and dtype of the volume")
    same(volume[0, 8, 24, 18], torch.tensor(33.0), "A value deep inside")
    same(tuple(expect(student.batch_volumes([volume, volume]), torch.Tensor).shape), (2, 1, 20, 48, 48), "The batch")
