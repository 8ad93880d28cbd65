import torch
from torch import nn

from grader import mistake


@mistake("MC246", "Calls the ready-made pooling", hint="Write it yourself; `unfold`, or a reshape, gives you the windows.")
def max_pool(x, k):
    return nn.functional.max_pool2d(x, k)


@mistake("MC247", "Takes the mean of each window", hint="Max-pooling keeps the largest value.")
def max_pool(x, k):
    return x.unfold(2, k, k).unfold(3, k, k).mean(dim=(-2, -1))


@mistake("MC248", "Moves the window by one pixel", hint="The windows lie side by side: the stride is k.")
def max_pool(x, k):
    return x.unfold(2, k, 1).unfold(3, k, 1).amax(dim=(-2, -1))


@mistake("MC249", "Reshapes without keeping the windows together", hint="A reshape of a row into pairs keeps the row. Split height and width, each on its own, into windows and places in the window.")
def max_pool(x, k):
    n, c, h, w = x.shape
    h, w = h // k, w // k
    return x[:, :, : h * k, : w * k].reshape(n, c, h, w, k * k).amax(dim=-1)


@mistake("MC250", "Makes a window of what is left over", hint="Rows and columns that fill no window are left out.")
def max_pool(x, k):
    x = nn.functional.pad(x, (0, -x.shape[3] % k, 0, -x.shape[2] % k), value=float("-inf"))
    return x.unfold(2, k, k).unfold(3, k, k).amax(dim=(-2, -1))


@mistake("MC251", "Starts from 0", hint="The largest of some negative numbers is negative.")
def max_pool(x, k):
    return x.unfold(2, k, k).unfold(3, k, k).amax(dim=(-2, -1)).clamp(min=0)


@mistake("MC252", "Expects sizes that can be divided by k", hint="For 7 pixels and k = 2 there are three windows, and one pixel is left out.")
def max_pool(x, k):
    n, c, h, w = x.shape
    return x.reshape(n, c, h // k, k, w // k, k).amax(dim=(3, 5))


@mistake("MC253", "Picks the upper left pixel of each window", hint="Look at the whole window and keep the largest value.")
def max_pool(x, k):
    return x[:, :, : x.shape[2] // k * k : k, : x.shape[3] // k * k : k]


@mistake("MC254b", "Loses the gradients", hint="`detach`, `.data` and NumPy cut the chain; nobody could train what lies below.")
def max_pool(x, k):
    return x.detach().unfold(2, k, k).unfold(3, k, k).amax(dim=(-2, -1))


@mistake("MC614", "Moves the window pixel by pixel", hint="The stride is k: windows lie side by side.")
def max_pool(x, k):
    return x.unfold(2, k, 1).unfold(3, k, 1).amax(dim=(-1, -2))[:, :, : x.shape[2] // k, : x.shape[3] // k]


@mistake("MC719", "Starts from a number that is not small enough", hint="Windows may hold still smaller numbers: start from one of the window's own, or from minus infinity.")
def max_pool(x, k):
    h, w = x.shape[2] // k, x.shape[3] // k
    out = torch.full((*x.shape[:2], h, w), -1000.0, dtype=x.dtype)
    for i in range(k):
        for j in range(k):
            out = torch.maximum(out, x[:, :, i::k, j::k][:, :, :h, :w])
    return out


@mistake("MC720", "Sends the gradient to all pixels of a window", hint="Only the largest value made the result: the others get no gradient.")
def max_pool(x, k):
    h, w = x.shape[2] // k, x.shape[3] // k
    win = x.unfold(2, k, k).unfold(3, k, k)
    mean = win.mean(dim=(-1, -2))
    return mean + (win.amax(dim=(-1, -2)) - mean).detach()


@mistake("MC721", "Leaves out the first rows and columns", hint="Windows begin at the upper left corner: what is left over is at the end.")
def max_pool(x, k):
    h, w = x.shape[2] // k, x.shape[3] // k
    x = x[:, :, x.shape[2] - h * k :, x.shape[3] - w * k :]
    return x.unfold(2, k, k).unfold(3, k, k).amax(dim=(-1, -2))


@mistake("MC722", "Puts the windows in the wrong order", hint="Follow the axes through the reshape: pictures, channels, rows of windows, columns of windows.")
def max_pool(x, k):
    n, c, h, w = x.shape
    h, w = h // k, w // k
    x = x[:, :, : h * k, : w * k].reshape(n, c, k, h, k, w)
    return x.amax(dim=(2, 4))
