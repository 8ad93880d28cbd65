import torch
from torch import nn

from grader import mistake


@mistake("MC230", "Calls the ready-made convolution", hint="The question is how it works: slide the window yourself.")
def convolve(x, w, b, stride=1, padding=0):
    return nn.functional.conv2d(x, w, b, stride=stride, padding=padding)


@mistake("MC19", "Keeps the input channels apart", hint="A filter makes one number per position: add up over the input channels, too.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, (padding,) * 4)
    windows = x.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    out = torch.einsum("nchwkl,ockl->nochw", windows, w)
    return out.flatten(1, 2) + b.repeat_interleave(w.shape[1])[:, None, None]


@mistake("MC20", "Adds the bias once for each input channel", hint="One bias per output number: add it after the sum over the channels.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, (padding,) * 4)
    windows = x.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    out = torch.einsum("nchwkl,ockl->nochw", windows, w) + b[:, None, None, None]
    return out.sum(dim=2)


@mistake("MC231", "Mirrors the filter first", hint="A convolution layer does not mirror: the upper left weight meets the upper left pixel of the window.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, (padding,) * 4)
    windows = x.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    return torch.einsum("nchwkl,ockl->nohw", windows, w.flip(2, 3)) + b[:, None, None]


@mistake("MC232", "Leaves the bias out", hint="Each filter adds its bias to all of its outputs.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, (padding,) * 4)
    windows = x.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    return torch.einsum("nchwkl,ockl->nohw", windows, w)


@mistake("MC233", "Ignores the stride", hint="The window moves by `stride` pixels at a time.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, (padding,) * 4)
    windows = x.unfold(2, w.shape[2], 1).unfold(3, w.shape[3], 1)
    return torch.einsum("nchwkl,ockl->nohw", windows, w) + b[:, None, None]


@mistake("MC234", "Pads on two sides only", hint="Zeros belong on all four sides. `nn.functional.pad` takes left, right, top, bottom.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, (padding, padding))
    windows = x.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    return torch.einsum("nchwkl,ockl->nohw", windows, w) + b[:, None, None]


@mistake("MC235", "Takes the kernel for square", hint="A kernel may be higher than wide: its height is w.shape[2], its width w.shape[3].")
def convolve(x, w, b, stride=1, padding=0):
    k = w.shape[2]
    x = nn.functional.pad(x, (padding,) * 4)
    n, c, h, width = x.shape
    h, width = (h - k) // stride + 1, (width - k) // stride + 1
    out = torch.zeros(n, len(w), h, width)
    for i in range(h):
        for j in range(width):
            window = x[:, None, :, i * stride : i * stride + k, j * stride : j * stride + k]
            out[:, :, i, j] = (window * w).sum(dim=(2, 3, 4)) + b
    return out


@mistake("MC236", "Repeats the border instead of padding with zeros", hint="The padding consists of zeros.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, (padding,) * 4, mode="replicate")
    windows = x.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    return torch.einsum("nchwkl,ockl->nohw", windows, w) + b[:, None, None]


@mistake("MC237", "Uses the first filter for all output channels", hint="Each output channel has a filter of its own.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, (padding,) * 4)
    windows = x.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    return torch.einsum("nchwkl,ckl->nhw", windows, w[0]).unsqueeze(1) + b[:, None, None]


@mistake("MC238", "Writes the padding into the caller's picture", hint="Make a larger tensor of zeros and copy the picture into it.")
def convolve(x, w, b, stride=1, padding=0):
    padded = nn.functional.pad(x, (padding,) * 4)
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    out = torch.einsum("nchwkl,ockl->nohw", windows, w) + b[:, None, None]
    if padding:
        x[:, :, 0] = 0
    return out


@mistake("MC239b", "Loses the gradients", hint="`detach`, `.data` and NumPy cut the chain; nobody could train such a layer.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x.detach(), (padding,) * 4)
    windows = x.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    return torch.einsum("nchwkl,ockl->nohw", windows, w.detach()) + b.detach()[:, None, None]


@mistake("MC240b", "Computes in float32, whatever comes", hint="Make new tensors in the dtype of x.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x.float(), (padding,) * 4)
    windows = x.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    return torch.einsum("nchwkl,ockl->nohw", windows, w.float()) + b.float()[:, None, None]


@mistake("MC643", "Takes each sum out of its tensor", hint="`item()` gives a number that knows nothing of the graph: no gradient flows back.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, (padding,) * 4)
    n, o, k, m = x.shape[0], w.shape[0], w.shape[2], w.shape[3]
    height, width = (x.shape[2] - k) // stride + 1, (x.shape[3] - m) // stride + 1
    out = torch.zeros(n, o, height, width, dtype=x.dtype)
    for a in range(n):
        for f in range(o):
            for i in range(height):
                for j in range(width):
                    patch = x[a, :, i * stride : i * stride + k, j * stride : j * stride + m]
                    out[a, f, i, j] = (patch * w[f]).sum().item() + b[f].item()
    return out


@mistake("MC717", "Cuts the bias out of the graph", hint="Numbers that go through `tolist` or `torch.tensor` have no graph: the bias would never learn. Add the tensor itself.")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, (padding,) * 4)
    k, l = w.shape[2:]
    win = x.unfold(2, k, stride).unfold(3, l, stride)
    out = torch.einsum("nchwkl,ockl->nohw", win, w)
    return out + torch.tensor(b.tolist(), dtype=out.dtype)[:, None, None]


@mistake("MC718", "Copies the pictures without their graph", hint="`.data` cuts the graph: no gradient comes back to a layer before this one. Copy the tensor itself.")
def convolve(x, w, b, stride=1, padding=0):
    n, c, h, wd = x.shape
    full = torch.zeros(n, c, h + 2 * padding, wd + 2 * padding, dtype=x.dtype)
    full[:, :, padding : padding + h, padding : padding + wd] = x.data
    k, l = w.shape[2:]
    win = full.unfold(2, k, stride).unfold(3, l, stride)
    return torch.einsum("nchwkl,ockl->nohw", win, w) + b[:, None, None]


@mistake("MC812", "Cuts windows that are as wide as they are high", hint="A filter may be higher than wide: its height is w.shape[2], its width w.shape[3].")
def convolve(x, w, b, stride=1, padding=0):
    x = nn.functional.pad(x, (padding,) * 4)
    windows = x.unfold(2, w.shape[2], stride).unfold(3, w.shape[2], stride)
    return torch.einsum("nchwkl,ockl->nohw", windows, w) + b[:, None, None]
