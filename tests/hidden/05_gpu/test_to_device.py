import torch

from grader import probe
from grader.asking.variations import DTYPES


def structures(rng):
    a, b = torch.rand(2, generator=rng) - 0.5, torch.arange(3)
    return {
        "a tensor": a,
        "a pair": (a, b),
        "a list in a tuple in a dict": {"batch": ([a, {"mask": b > 0}], b), 7: "label"},
        "things without tensors": [1, "two", None, 3.5, ()],
        "an empty dict beside a tensor": [{}, [], b],
    }


@probe
def calls(to_device, a):
    trains, asked = torch.nn.Linear(2, 1), torch.nn.Linear(2, 1).eval()
    return [(to_device, [a, {"b": (a, 1), "layer": trains}], "cuda"), (to_device, {"layer": asked}, "cpu")]


def test_moved(student, reference, agree, untouched, rng):
    """The same structure comes back with its tensors on the device, and everything else as it was."""
    cases = {
        f"{name} to {device}": (obj, device) for name, obj in structures(rng).items() for device in ("cuda", "cpu")
    }
    agree(
        student.to_device,
        reference.to_device,
        cases,
        parts="part: part: part: part",
        layouts=("sliced", "expanded"),
        dtypes=[*DTYPES["any"], torch.bfloat16],
        empty=[0],
        single=[0],
        shapes="any",
        graph=True,
    )
    untouched(student.to_device, calls, torch.rand(2, generator=rng))


def test_back(student, reference, agree, rng):
    """Structures on a card come back to the CPU."""
    a, b = torch.rand(2, generator=rng), torch.rand(3, generator=rng)
    agree(
        student.to_device,
        reference.to_device,
        [([a.to("cuda"), b], "cpu"), ({"x": (b.to("cuda"),)}, "cpu")],
        parts="part: part: part: part",
    )


@probe
def named(to_device, a, b):
    from collections import namedtuple

    Sample = namedtuple("Sample", ["image", "label"])
    moved = to_device([Sample(a, {"t": b}), Sample("x", 1)], "cuda")
    return {
        "a pair and a list": [type(value).__name__ for value in to_device([(a, b), [a], ()], "cuda")],
        "of the same class": [type(sample) is Sample for sample in moved],
        "fields": [moved[0].image, moved[0].label, moved[1].image, moved[1].label],
    }


def test_named_tuples(student, same, run, rng):
    """Lists stay lists, tuples tuples, and named tuples named tuples of their class."""
    a, b = torch.rand(2, generator=rng), torch.arange(2)
    due = {
        "a pair and a list": ["tuple", "list", "tuple"],
        "of the same class": [True, True],
        "fields": [a.to("cuda"), {"t": b.to("cuda")}, "x", 1],
    }
    same(
        run(named, student.to_device, a, b),
        due,
        "For a list of named tuples",
        parts={"a pair and a list": "part", "of the same class": "tuple", "fields": "field"},
    )


@probe
def alike(to_device, square):
    leaf = square.double().requires_grad_()
    moved = to_device([square, square.T, (leaf, 1)], "cuda")
    return [moved[0], moved[1], moved[2][0].dtype, moved[2][0].requires_grad]


def test_every_tensor(student, same, run, rng):
    """Tensors in the same memory are moved each by itself, and those with a graph keep it."""
    square = torch.rand(2, 2, generator=rng)
    parts = "matrix, transpose in the same memory, dtype of a tensor in a tuple, graph of a tensor in a tuple"
    due = [square.to("cuda"), square.T.to("cuda"), torch.float64, True]
    same(run(alike, student.to_device, square), due, "For tensors of many kinds", parts=parts)


@probe
def ordered(to_device, a):
    from collections import OrderedDict

    moved = to_device(OrderedDict(z=a, b=[a, OrderedDict(y=1, x=a)]), "cuda")
    return [list(moved), list(moved["b"][1]), moved["z"], moved["b"][1]["x"]]


def test_ordered(student, same, run, rng):
    """The keys of a dict stay in their order, those of an OrderedDict as well."""
    a = torch.rand(2, generator=rng)
    due = [["z", "b"], ["y", "x"], a.to("cuda"), a.to("cuda")]
    parts = "keys, keys within, tensor, tensor within"
    same(run(ordered, student.to_device, a), due, "For an OrderedDict with another in it", parts=parts)


@probe
def unchanged(to_device, a):
    inner, other, array, layer = [a, 1], object(), np.ones(2), torch.nn.Linear(1, 1)  # noqa: F821
    words = ["no", "tensor"]
    outer = {"inner": inner, "pair": (a, 2), "other": other, "array": array, "layer": layer, "words": words}
    moved = to_device(outer, "cuda")
    devices = {
        "a tensor in a list": outer["inner"][0].device.type,
        "a tensor in a tuple": outer["pair"][0].device.type,
        "the weight of a layer": layer.weight.device.type,
    }
    here = to_device(outer, "cpu")
    return {
        "devices of the original": devices,
        "its own list": moved["inner"] is not inner and outer["inner"] is inner,
        "new lists where nothing moves": all(here[name] is not outer[name] for name in ("inner", "words")),
        "other things are the same": all(moved[name] is outer[name] for name in ("other", "array", "layer")),
    }


def test_original_stays(student, same, run, rng):
    """The structure that was given stays as it is."""
    found = run(unchanged, student.to_device, torch.rand(2, generator=rng))
    due = {
        "devices of the original": {
            "a tensor in a list": "cpu",
            "a tensor in a tuple": "cpu",
            "the weight of a layer": "cpu",
        },
        "its own list": True,
        "new lists where nothing moves": True,
        "other things are the same": True,
    }
    same(found, due, "After the call", about="arguments")
