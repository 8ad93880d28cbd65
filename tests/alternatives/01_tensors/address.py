import torch

from grader import alternative


@alternative("compares data pointers")
def address(t, *index):
    begin = t.untyped_storage().data_ptr()
    return (t[index].data_ptr() - begin) // t.element_size()


@alternative("adds up in a loop")
def address(t, *index):
    place = t.storage_offset()
    for axis in range(t.dim()):
        place += index[axis] * t.stride(axis)
    return place
