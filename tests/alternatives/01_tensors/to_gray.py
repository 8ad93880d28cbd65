import torch

from grader import alternative


@alternative("einsum")
def to_gray(image, weights):
    return torch.einsum("...chw,c->...hw", image, weights)


@alternative("moves the channel to the end")
def to_gray(image, weights):
    return image.movedim(-3, -1) @ weights


@alternative("adds channel by channel")
def to_gray(image, weights):
    return sum(weights[c] * image[..., c, :, :] for c in range(len(weights)))
