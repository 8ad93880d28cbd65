import torch

from grader import mistake


@mistake("MT07", "Reshapes instead of moving axes", hint="Reshape deals the numbers out again in storage order; it never moves an axis.")
def hwc_to_chw(image):
    h, w, c = image.shape
    return image.reshape(c, h, w)


@mistake("MT109", "Also swaps height and width", hint="Rows and columns keep their order; only the channel moves.")
def hwc_to_chw(image):
    return image.permute(2, 1, 0)


@mistake("MT110", "Copies the picture", hint="Moving axes changes the strides alone; no number needs to be copied.")
def hwc_to_chw(image):
    return image.permute(2, 0, 1).contiguous()


@mistake("MT319", "Moves the axes of the caller's picture", hint="`transpose_` edits the tensor that you were given. `permute` gives a new reading of it.")
def hwc_to_chw(image):
    return image.transpose_(1, 2).transpose_(0, 1)


@mistake("MT431", 'Copies pictures of one channel', hint='Moving an axis needs no copy, whatever its size. `permute` will do for all of them.')
def hwc_to_chw(image):
    h, w, c = image.shape
    if c == 1:
        return image.contiguous().view(1, h, w)
    return image.movedim(-1, 0)


@mistake("MT462", 'Reads with the strides of a fresh picture', hint='The strides of a transpose or a slice are others than those of a fresh tensor. `permute` works them out from those that are there.')
def hwc_to_chw(image):
    h, w, c = image.shape
    return image.as_strided((c, h, w), (1, w * c, c))
