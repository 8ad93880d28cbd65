import torch

from grader import alternative


@alternative("index_select copies")
def independent_row(t, i):
    return t.index_select(0, torch.tensor([i])).squeeze(0)


@alternative("detach and copy")
def independent_row(t, i):
    return torch.empty_like(t[i]).copy_(t[i])
