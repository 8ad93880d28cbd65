import torch

from grader import mistake


@mistake("MT114", "Forgets the offset", hint="A slice begins somewhere in the storage: add its offset.")
def address(t, *index):
    return sum(i * stride for i, stride in zip(index, t.stride()))


@mistake("MT49", "Counts bytes", hint="PyTorch's strides count elements, not bytes.")
def address(t, *index):
    return t.element_size() * (t.storage_offset() + sum(i * stride for i, stride in zip(index, t.stride())))


@mistake("MT115", "Assumes a contiguous tensor", hint="The strides of a slice or a transpose are not those of its shape. Ask for `t.stride()`.")
def address(t, *index):
    place = 0
    for i, size in zip(index, t.shape):
        place = place * size + i
    return place


@mistake("MT302", "Works strides out from the shape", hint="The shape tells the strides of a fresh tensor only. A slice or a transpose has others: ask `t.stride()`.")
def address(t, *index):
    position = 0
    for i, size in zip(index, t.shape):
        position = position * size + i
    return t.storage_offset() + position
