import torch

from grader import probe


def test_a_dict_with_a_list(student, same):
    """The tensors move, the rest stays."""
    batch = {"images": [torch.zeros(2), torch.ones(1)], "name": "two"}
    due = {"images": [torch.zeros(2).to("cuda"), torch.ones(1).to("cuda")], "name": "two"}
    same(student.to_device(batch, "cuda"), due, "For a dict with a list in it", parts={"images": "tensor"})


@probe
def named(to_device):
    from collections import namedtuple

    Pair = namedtuple("Pair", ["image", "label"])
    moved = to_device((Pair(torch.ones(1), 3), 4), "cuda")
    return {"its class": type(moved[0]).__name__, "its fields": list(moved[0]), "the other": moved[1]}


def test_a_named_tuple(student, same, run):
    """A `Pair` in a tuple stays one, with its tensor on the card."""
    due = {"its class": "Pair", "its fields": [torch.ones(1).to("cuda"), 3], "the other": 4}
    same(run(named, student.to_device), due, "For the tuple (Pair(ones, 3), 4)", parts={"its fields": "field"})
