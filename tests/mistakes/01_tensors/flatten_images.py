import torch

from grader import mistake


@mistake("MT22", "Flattens the batch as well", hint=(
    "The pictures of a batch run into each other: the result has one axis.",
    "Which axis counts the pictures? It must survive.",
    "Keep axis 0 out of the flattening: one row per picture.",
))
def flatten_images(batch):
    return batch.flatten()


@mistake("MT23", "Puts the channels last", hint=(
    "The channels are interleaved.",
    "The last axis varies fastest. Which axis is the last when you flatten?",
    "Channel 0 was to come whole, then channel 1: channels have to stand before rows and columns.",
))
def flatten_images(batch):
    return batch.permute(0, 2, 3, 1).flatten(1)


@mistake("MT10a", "Uses view on whatever strides", hint="`view` needs numbers that lie in reading order; think about the strides, or use reshape.")
def flatten_images(batch):
    return batch.view(batch.shape[0], -1)


@mistake("MT104", "Makes one row for all pictures", hint="The first size is the number of pictures, not 1.")
def flatten_images(batch):
    return batch.reshape(1, -1)


@mistake("MT317", "Reads the storage in the order of memory", hint="Reading order is that of the axes, whatever order the numbers have in memory.")
def flatten_images(batch):
    n, c, h, w = batch.shape
    return batch.as_strided((n, c * h * w), (c * h * w, 1))
