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


@mistake("MT463", 'Takes a stride of 0 for 1', hint='Repeated rows have the stride 0: every step along that axis ends at the same place.')
def address(t, *index):
    return t.storage_offset() + sum(i * (s or 1) for i, s in zip(index, t.stride()))


@mistake("MT464", 'Counts the first two axes only', hint='Each axis has its index and its stride, also the third and those behind it.')
def address(t, *index):
    i, j, *_ = (*index, 0, 0)
    stride = (*t.stride(), 0, 0)
    return t.storage_offset() + i * stride[0] + j * stride[1]


@mistake("MT465", 'Looks for the number in the storage', hint='The same number may stand at several places. The place follows from offset, index and strides alone.')
def address(t, *index):
    size = t.untyped_storage().nbytes() // t.element_size()
    flat = t.as_strided((size,), (1,), 0)
    return int((flat == t[index]).nonzero()[0])
