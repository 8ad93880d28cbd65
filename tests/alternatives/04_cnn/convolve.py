import torch
from torch import nn

from grader import alternative


@alternative("two loops over the positions")
def convolve(x, w, b, stride=1, padding=0):
    n, c, height, width = x.shape
    o, _, k, l = w.shape
    canvas = torch.zeros(n, c, height + 2 * padding, width + 2 * padding, dtype=x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    rows = (height + 2 * padding - k) // stride + 1
    cols = (width + 2 * padding - l) // stride + 1
    out = torch.empty(n, o, rows, cols, dtype=x.dtype)
    for i in range(rows):
        for j in range(cols):
            window = canvas[:, :, i * stride : i * stride + k, j * stride : j * stride + l]
            out[:, :, i, j] = window.flatten(1) @ w.flatten(1).T + b
    return out


@alternative("loops over the kernel")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, [padding] * 4)
    k, l = w.shape[2:]
    rows, cols = x.shape[2] - k + 1, x.shape[3] - l + 1
    out = b.view(1, -1, 1, 1)
    for i in range(k):
        for j in range(l):
            part = x[:, :, i : i + rows, j : j + cols][:, :, ::stride, ::stride]
            out = out + torch.einsum("nchw,oc->nohw", part, w[:, :, i, j])
    return out


@alternative("nn.functional.unfold, and a matrix product")
def convolve(x, w, b, stride=1, padding=0):
    columns = nn.functional.unfold(x, w.shape[2:], padding=padding, stride=stride)
    out = w.flatten(1) @ columns + b[:, None]
    rows = (x.shape[2] + 2 * padding - w.shape[2]) // stride + 1
    return out.unflatten(2, (rows, -1))
