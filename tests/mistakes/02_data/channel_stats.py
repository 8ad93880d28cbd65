import torch

from grader import mistake


@mistake("MD10", "Makes statistics for each picture", hint="One mean per channel serves the whole batch: the batch axis has to disappear as well.")
def channel_stats(batch):
    return batch.mean(dim=(2, 3)), batch.std(dim=(2, 3))


@mistake("MD11", "Averages the standard deviations of the pictures", hint="Standard deviations do not average: what differs from picture to picture gets lost. Take it over all values at once.")
def channel_stats(batch):
    return batch.mean(dim=(0, 2, 3)), batch.std(dim=(2, 3)).mean(dim=0)


@mistake("MD14", "Returns the variance", hint="The spread is the root of the variance.")
def channel_stats(batch):
    return batch.mean(dim=(0, 2, 3)), batch.var(dim=(0, 2, 3))


@mistake("MD87", "Divides by n instead of n − 1", hint="PyTorch's default divides by n − 1. Stay with it here.")
def channel_stats(batch):
    return batch.mean(dim=(0, 2, 3)), batch.std(dim=(0, 2, 3), correction=0)


@mistake("MD88", "Makes one mean and one spread for all channels", hint="Each channel has statistics of its own; the channel axis must stay.")
def channel_stats(batch):
    n = batch.shape[1]
    return batch.mean().repeat(n), batch.std().repeat(n)


@mistake("MD61", "Expects three channels", hint="Grey pictures have one channel, satellite pictures a dozen. Take as many as there are.")
def channel_stats(batch):
    channels = [batch[:, c] for c in range(3)]
    return torch.stack([c.mean() for c in channels]), torch.stack([c.std() for c in channels])


@mistake("MD89", "Lines the statistics up with the columns of pixels", hint="Shapes are compared from the last axis backwards, and that is the width. Give the statistics axes of size 1 behind the channel.")
def normalise(images, mean, std):
    return (images - mean) / std


@mistake("MD90", "Uses the pictures' own statistics", hint="Mean and std are arguments: those of the training set, whatever the pictures are.")
def normalise(images, mean, std):
    axes = [axis for axis in range(images.ndim) if axis != images.ndim - 3]
    return (images - images.mean(dim=axes, keepdim=True)) / images.std(dim=axes, keepdim=True)


@mistake("MD91", "Changes the caller's pictures", hint="`-=` and `sub_` write into the tensor that was passed. Return a new one.")
def normalise(images, mean, std):
    images -= mean[:, None, None]
    images /= std[:, None, None]
    return images


@mistake("MD92", "Adds a batch axis to a single picture", hint="With axes for a batch in the statistics, (C, H, W) comes out as (1, C, H, W). Two axes of size 1 behind the channel are enough.")
def normalise(images, mean, std):
    return (images - mean[None, :, None, None]) / std[None, :, None, None]


@mistake("MD319", "Adds something to the spread", hint="Divide by `std` as it is given. What is added to it changes every value, and those of small spread most.")
def normalise(images, mean, std):
    return (images - mean.view(-1, 1, 1)) / (std.view(-1, 1, 1) + 1e-3)


@mistake("MD393", "Reshapes to one row per channel without moving the channel", hint="In (N, C, H, W) the numbers of one channel do not lie side by side: `reshape` mixes the channels. Move that axis to the front first, or name the other three in `mean`.")
def channel_stats(batch):
    flat = batch.reshape(batch.shape[1], -1)
    return flat.mean(dim=1), flat.std(dim=1)


@mistake("MD394", "Lines the statistics up with the width where they fit", hint="Pictures that are C pixels wide are no exception: `mean` and `std` belong to the channels. Give them two axes of size 1 at the end.")
def normalise(images, mean, std):
    if images.shape[-1] == len(mean):
        return (images - mean) / std
    return (images - mean.view(-1, 1, 1)) / std.view(-1, 1, 1)
