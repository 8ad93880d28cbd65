import torch

from grader import probe


def roles(role, x, start):
    w = start.clone().requires_grad_()
    (w**2).sum().backward()
    fresh = start.clone().requires_grad_()
    with torch.no_grad():
        unrecorded = w * x
    tensors = {
        "data": x,
        "a parameter": fresh,
        "a parameter with a gradient": w,
        "a product with a parameter": w * x,
        "a copy of a parameter": w.clone(),
        "a detached result": (w * x).detach(),
        "a result under no_grad": unrecorded,
        "the sum of two data": x + x,
        "a result of one number": (w * x).sum(),
        "a result with one row, transposed": (w * x)[None].expand(2, 3).T,
        "an nn.Parameter": torch.nn.Parameter(torch.ones(2)),
        "an nn.Parameter that is frozen": torch.nn.Parameter(torch.ones(2), requires_grad=False),
        "a column that is a parameter": torch.ones(2, 1, requires_grad=True),
        "data of four axes, transposed": torch.ones(1, 2, 3, 3).transpose(2, 3),
        "no data at all": x[:0],
    }
    kinds = (torch.float64, torch.float16, torch.int64, torch.int32, torch.uint8, torch.bool)
    tensors |= {f"data of the type {kind}": torch.ones(1, 3).to(kind) for kind in kinds}
    return {name: role(t) for name, t in tensors.items()}


@probe
def looks_at(function, x):
    w = x.clone().requires_grad_()
    return [(function, x), (function, w), (function, w * x)]


def test_roles(student, reference, same, run, untouched, rng):
    """`role` tells parameters, results and constants apart, whatever they were made from."""
    x, start = torch.randn(2, 3, generator=rng)
    same(run(probe(roles), student.role, x, start), roles(reference.role, x, start), "`role`")
    untouched(student.role, looks_at, x)


def walks(walk, x, start):
    w, b = start.clone().requires_grad_()
    tensors = {
        "a mean of squares": ((w * x + b) ** 2).mean(),
        "data times a parameter": torch.exp(x * w.exp()),
        "a chain": torch.tanh(w).abs().sqrt(),
        "data": x,
        "a product in float64, transposed": (w.double() * torch.ones(3, 2, dtype=torch.float64)).T,
        "a row that is repeated": w[None, None].expand(1, 3),
        "half of a sum": (w.half() + b.half()).sum() / 2,
        "nothing at all": x[:0],
        "a parameter": torch.ones(2, requires_grad=True),
    }
    tensors |= {f"data of the type {kind}": x.to(kind) for kind in (torch.int64, torch.int32, torch.uint8, torch.bool)}
    return {name: walk(t) for name, t in tensors.items()}


def test_walk(student, reference, same, run, untouched, rng):
    """`graph_walk` names the nodes from the result down to the leaf, past inputs without a gradient."""
    x, start = torch.randn(3, generator=rng), torch.randn(2, generator=rng)
    same(
        run(probe(walks), student.graph_walk, x, start),
        walks(reference.graph_walk, x, start),
        "`graph_walk`",
        parts="node",
    )
    untouched(student.graph_walk, looks_at, x)
