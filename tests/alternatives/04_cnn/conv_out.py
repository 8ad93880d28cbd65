from grader import alternative


@alternative("counts the positions")
def conv_out(n, k, stride=1, padding=0):
    positions = range(0, n + 2 * padding - k + 1, stride)
    if len(positions) == 0:
        raise ValueError((n, k))
    return len(positions)


@alternative("asks a layer")
def conv_out(n, k, stride=1, padding=0):
    import torch

    length = n + 2 * padding
    if length < k:
        raise ValueError("too large")
    return torch.zeros(length).unfold(0, k, stride).shape[0]


@alternative("divmod")
def same_padding(k):
    half, rest = divmod(k - 1, 2)
    if rest:
        raise ValueError(k)
    return half
