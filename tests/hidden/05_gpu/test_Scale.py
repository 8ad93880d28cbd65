import torch

from grader import probe
from grader.asking.through import through
from grader.asking.variations import DTYPES


@probe
def parts(scale, features, options):
    layer = scale(features, **options)
    return {
        "parameters": {name: p.detach() for name, p in layer.named_parameters()},
        "are parameters": [
            isinstance(p, torch.nn.Parameter) and p.is_leaf and p.requires_grad for p in layer.parameters()
        ],
        "buffers": len(list(layer.buffers())),
    }


def test_parameters(student, same, run):
    """Two true parameters, ones and zeros, on the device and in the dtype that were asked for."""
    for features, device, dtype in (
        (3, None, None),
        (4, "cuda", None),
        (2, "cuda", torch.float64),
        (1, None, torch.float16),
    ):
        place = {"device": device, "dtype": dtype}
        options = {name: value for name, value in place.items() if value is not None}
        due = {
            "parameters": {"weight": torch.ones(features, **place), "bias": torch.zeros(features, **place)},
            "are parameters": [True, True],
            "buffers": 0,
        }
        same(run(parts, student.Scale, features, options), due, f"With {options or 'neither device nor dtype'}")
    for device, dtype in (("cuda", torch.float32), ("cpu", torch.float64)):
        due = {"weight": torch.ones(2, device=device, dtype=dtype), "bias": torch.zeros(2, device=device, dtype=dtype)}
        what = f"With neither, where PyTorch's defaults are {device} and {str(dtype).removeprefix('torch.')}"
        same(run(by_default, student.Scale, device, dtype), due, what)


@probe
def by_default(scale, device, dtype):
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            return {name: p.detach() for name, p in scale(2).named_parameters()}
    finally:
        torch.set_default_dtype(before)


@probe
def applied(scale, weight, bias, x, device):
    layer = scale(len(weight), device=device, dtype=weight.dtype)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    result = layer(x.to(device))
    result.sum().backward()
    return {"result": result.detach(), "weight.grad": layer.weight.grad, "bias.grad": layer.bias.grad}


def test_values(student, reference, same, run, agree, untouched, rng):
    """x · weight + bias for batches of every shape, with gradients for both."""
    for shape, device in (((5, 3), "cpu"), ((3,), "cuda"), ((2, 4, 3), "cuda")):
        weight, bias = torch.randn(2, 3, generator=rng, dtype=torch.float64)
        x = torch.randn(shape, generator=rng, dtype=torch.float64)
        due = {
            "result": x * weight + bias,
            "weight.grad": x.reshape(-1, 3).sum(dim=0),
            "bias.grad": torch.full((3,), x.numel() / 3, dtype=torch.float64),
        }
        due = {name: t.to(device) for name, t in due.items()}
        same(run(applied, student.Scale, weight, bias, x, device), due, f"For x of shape {shape} on {device}")
    agree(
        through(plain, student.Scale),
        through(plain, reference.Scale),
        {
            "a matrix": (torch.rand(3, generator=rng), torch.rand(5, 3, generator=rng)),
            "one number": (torch.rand(1, generator=rng), torch.randn(1, generator=rng)),
            "one feature": (torch.rand(1, generator=rng), torch.randn(4, 1, generator=rng)),
            "as many rows as features": (torch.rand(3, generator=rng), torch.rand(3, 3, generator=rng)),
        },
        layouts=("sliced", "expanded"),
        dtypes=[*DTYPES["floating"], torch.bfloat16],
        single=[0],
        graph=True,
    )
    untouched(student.Scale, calls, torch.rand(2, 3, generator=rng))


def plain(scale, weight, x):
    layer = scale(len(weight), dtype=x.dtype)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(2 * weight)
    return layer(x)


@probe
def calls(scale, x):
    return [(scale(3), x), (scale(3, device="cuda").cpu(), x[0])]


@probe
def crossed(scale):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        before = machine.counts
        layer = scale(5, device="cuda:1")
        found = machine.counts - before
        devices = sorted({str(p.device) for p in layer.parameters()})
    return {"devices": devices, "bytes over the bus": found.host_to_device_bytes + found.device_to_host_bytes}


def test_born_there(student, same, run):
    """The parameters are made on the device: nothing crosses the bus."""
    due = {"devices": ["cuda:1"], "bytes over the bus": 0}
    same(run(crossed, student.Scale), due, 'After `Scale(5, device="cuda:1")`')
