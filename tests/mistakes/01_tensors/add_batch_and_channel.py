import torch

from grader import mistake


@mistake("MT99", "Adds the axes at the end", hint="Batch and channel come before height and width.")
def add_batch_and_channel(image):
    return image.unsqueeze(-1).unsqueeze(-1)


@mistake("MT100", "Adds one axis only", hint="Two axes are missing: the batch and the channel.")
def add_batch_and_channel(image):
    return image.unsqueeze(0)


@mistake("MT101", "Copies the picture", hint="Adding an axis of size 1 needs no copy of the numbers.")
def add_batch_and_channel(image):
    return image.clone()[None, None]


@mistake("MT56b", "Reshapes the caller's picture", hint="`unsqueeze_` edits the tensor that you were given; the underscore is the warning.")
def add_batch_and_channel(image):
    return image.unsqueeze_(0).unsqueeze_(0)


@mistake("MT301", "Copies a picture that is not contiguous", hint="`contiguous()` copies whenever the numbers do not lie in reading order. Adding axes needs no copy.")
def add_batch_and_channel(image):
    h, w = image.shape
    return image.contiguous().view(1, 1, h, w)


@mistake("MT460", 'Reads with the strides of a fresh picture', hint='The strides of a transpose or a slice are others than those of a fresh tensor. `unsqueeze` works them out from those that are there.')
def add_batch_and_channel(image):
    h, w = image.shape
    return image.as_strided((1, 1, h, w), (h * w, h * w, w, 1))


@mistake("MT461", 'Begins at the start of the storage', hint='A slice begins somewhere in the storage, and the offset 0 is not where.')
def add_batch_and_channel(image):
    return torch.as_strided(image, (1, 1, *image.shape), (1, 1, *image.stride()), 0)
