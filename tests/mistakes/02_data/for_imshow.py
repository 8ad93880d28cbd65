import torch

from grader import mistake


@mistake("MD62", "Does not undo the normalisation", hint="Cutting a normalised picture off at 0 and 1 loses half of it. Multiply and add first.")
def for_imshow(image, mean, std):
    unit = image.clamp(0, 1)
    return (unit[0] if len(unit) == 1 else unit.permute(1, 2, 0)).numpy()


@mistake("MD62a", "Leaves the channel in front", hint="`imshow` wants (H, W, 3): the channel goes to the end.")
def for_imshow(image, mean, std):
    unit = (image * std[:, None, None] + mean[:, None, None]).clamp(0, 1)
    return (unit[0] if len(unit) == 1 else unit).numpy()


@mistake("MD93", "Reshapes to (H, W, 3)", hint="`reshape` never moves an axis; the colours come out scrambled.")
def for_imshow(image, mean, std):
    unit = (image * std[:, None, None] + mean[:, None, None]).clamp(0, 1)
    c, h, w = unit.shape
    return (unit[0] if c == 1 else unit.reshape(h, w, c)).numpy()


@mistake("MD94", "Undoes the two steps in the wrong order", hint="The normalisation subtracted first and divided last. The way back begins with the last.")
def for_imshow(image, mean, std):
    unit = ((image + mean[:, None, None]) * std[:, None, None]).clamp(0, 1)
    return (unit[0] if len(unit) == 1 else unit.permute(1, 2, 0)).numpy()


@mistake("MD95", "Does not limit the values", hint="A network's output may lie outside; `imshow` wants 0…1.")
def for_imshow(image, mean, std):
    unit = image * std[:, None, None] + mean[:, None, None]
    return (unit[0] if len(unit) == 1 else unit.permute(1, 2, 0)).numpy()


@mistake("MD96", "Keeps the channel axis of a grey picture", hint="For one channel the array should be (H, W).")
def for_imshow(image, mean, std):
    return (image * std[:, None, None] + mean[:, None, None]).clamp(0, 1).permute(1, 2, 0).numpy()


@mistake("MD97", "Stretches each picture to the whole range", hint="A dim picture should look dim. Undo the normalisation; the smallest and largest value do not come into it.")
def for_imshow(image, mean, std):
    unit = image * std[:, None, None] + mean[:, None, None]
    unit = (unit - unit.min()) / (unit.max() - unit.min())
    return (unit[0] if len(unit) == 1 else unit.permute(1, 2, 0)).numpy()


@mistake("MD98", "Changes the caller's picture", hint="`mul_` and `add_` write into the tensor that was passed. Work on a new one.")
def for_imshow(image, mean, std):
    unit = image.mul_(std[:, None, None]).add_(mean[:, None, None]).clamp(0, 1)
    return (unit[0] if len(unit) == 1 else unit.permute(1, 2, 0)).numpy()


@mistake("MD99", "Returns a tensor", hint="A NumPy array was asked for.")
def for_imshow(image, mean, std):
    unit = (image * std[:, None, None] + mean[:, None, None]).clamp(0, 1)
    return unit[0] if len(unit) == 1 else unit.permute(1, 2, 0)


@mistake("MD305", "Squeezes every axis of size 1", hint="A picture that is one pixel high has such an axis, too. Take the channel away by its place: `image[0]`.")
def for_imshow(image, mean, std):
    unit = (image * std[:, None, None] + mean[:, None, None]).clamp(0, 1)
    return unit.permute(1, 2, 0).squeeze().numpy()


@mistake("MD395", "Limits the values before it undoes the normalisation", hint="A normalised picture has values far outside 0…1 that are right. Undo it first, limit last.")
def for_imshow(image, mean, std):
    shown = (image.clamp(-1, 1) * std.view(-1, 1, 1) + mean.view(-1, 1, 1)).clamp(0, 1)
    return shown[0].numpy() if len(shown) == 1 else shown.permute(1, 2, 0).numpy()


@mistake("MD396", "Uses the numbers of the first channel for all", hint="Each channel has its own mean and std: give the vectors two axes of size 1 at the end.")
def for_imshow(image, mean, std):
    shown = (image * std[0] + mean[0]).clamp(0, 1)
    return shown[0].numpy() if len(shown) == 1 else shown.permute(1, 2, 0).numpy()
