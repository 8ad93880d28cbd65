import torch

from grader import mistake


@mistake("MT26", "Sums over the first axis", hint="In a batch, axis 0 is the pictures. Count the channel from the end: -3.")
def to_gray(image, weights):
    return (image * weights[:, None, None]).sum(dim=0)


@mistake("MT165", "Averages the channels", hint="The three channels count differently: use the weights.")
def to_gray(image, weights):
    return image.mean(dim=-3)


@mistake("MT56", "Reshapes the caller's weights", hint="`unsqueeze_` edits the caller's tensor; the underscore is the warning.")
def to_gray(image, weights):
    weights.unsqueeze_(-1).unsqueeze_(-1)
    return (image * weights).sum(dim=-3)


@mistake("MT166", "Lines the weights up with the columns", hint="A vector meets the last axis. Give it the shape (C, 1, 1) first.")
def to_gray(image, weights):
    return (image * weights).sum(dim=-3)


@mistake("MT167", "Divides by the number of channels", hint="A weighted sum was asked for; `mean` divides it by three.")
def to_gray(image, weights):
    return (image * weights[:, None, None]).mean(dim=-3)


@mistake("MT205", "Adds up three channels by number", hint="The text says (..., C, H, W): take as many channels as there are weights.")
def to_gray(image, weights):
    r, g, b = (image.select(-3, channel) for channel in range(3))
    return weights[0] * r + weights[1] * g + weights[2] * b


@mistake("MT350", "Writes the three channels out", hint="C may be any number: sum over the axis instead of naming its three places.")
def to_gray(image, weights):
    r, g, b = image[..., 0, :, :], image[..., 1, :, :], image[..., 2, :, :]
    return r * weights[0] + g * weights[1] + b * weights[2]


@mistake("MT508", 'Takes axis 0 for the channel where its size fits', hint='A batch may have as many pictures as there are channels. The channel is the third axis from the end.')
def to_gray(image, weights):
    axis = 0 if image.shape[0] == len(weights) else -3
    return torch.tensordot(image, weights, dims=([axis % image.ndim], [0]))


@mistake("MT509", 'Limits the result to 0…1', hint='The weighted sum was asked for, and nothing was said of limits.')
def to_gray(image, weights):
    return torch.einsum("...chw,c->...hw", image, weights).clamp(0, 1)


@mistake("MT549", "Sums over axis 1", hint="In a batch axis 1 is the channel, in a single picture it is the height. Counted from the end, the channel is axis -3 in both.")
def to_gray(image, weights):
    return (weights.view(-1, 1, 1) * image).sum(1)


@mistake("MT550", "Divides by the sum of the weights", hint="A weighted sum was asked for, not a weighted mean. The usual weights add up to 1, others need not.")
def to_gray(image, weights):
    return (image * (weights / weights.sum())[:, None, None]).sum(dim=-3)
