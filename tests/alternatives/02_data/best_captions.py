import torch
from torch import nn

from grader import alternative


@alternative("lengths by hand")
def best_captions(images, texts):
    dots = torch.einsum("nd,md->nm", images, texts)
    cosine = dots / (images.norm(dim=1)[:, None] * texts.norm(dim=1)[None, :])
    return cosine, cosine.max(dim=1).indices


@alternative("cosine_similarity with broadcasting")
def best_captions(images, texts):
    cosine = nn.functional.cosine_similarity(images.unsqueeze(1), texts.unsqueeze(0), dim=-1)
    return cosine, torch.argmax(cosine, -1)
