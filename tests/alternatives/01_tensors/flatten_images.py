import torch

from grader import alternative


@alternative("reshape")
def flatten_images(batch):
    return batch.reshape(batch.shape[0], -1)


@alternative("nn.Flatten")
def flatten_images(batch):
    return torch.nn.Flatten()(batch)


@alternative("stacks flattened pictures")
def flatten_images(batch):
    return torch.stack([picture.flatten() for picture in batch])


@alternative("contiguous and view")
def flatten_images(batch):
    return batch.contiguous().view(len(batch), -1)
