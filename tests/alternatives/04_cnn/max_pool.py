import torch

from grader import alternative


@alternative("a reshape with the windows on axes of their own")
def max_pool(x, k):
    n, c, h, w = x.shape
    h, w = h // k, w // k
    return x[..., : h * k, : w * k].reshape(n, c, h, k, w, k).amax(dim=(3, 5))


@alternative("the largest of shifted copies")
def max_pool(x, k):
    h, w = x.shape[2] // k * k, x.shape[3] // k * k
    corners = [x[:, :, i:h:k, j:w:k] for i in range(k) for j in range(k)]
    return torch.stack(corners).max(dim=0).values


@alternative("loops")
def max_pool(x, k):
    n, c, h, w = x.shape
    out = x.new_empty(n, c, h // k, w // k)
    for i in range(h // k):
        for j in range(w // k):
            out[:, :, i, j] = x[:, :, i * k : i * k + k, j * k : j * k + k].flatten(2).max(dim=2)[0]
    return out
