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
    }
    return {name: role(t) for name, t in tensors.items()}


def test_roles(student, reference, same, run, rng):
    """`role` tells parameters, results and constants apart, whatever they were made from."""
    x, start = torch.randn(2, 3, generator=rng)
    same(run(probe(roles), student.role, x, start), roles(reference.role, x, start), "`role`")


def walks(walk, x, start):
    w, b = start.clone().requires_grad_()
    tensors = {
        "a mean of squares": ((w * x + b) ** 2).mean(),
        "data times a parameter": torch.exp(x * w.exp()),
        "a chain": torch.tanh(w).abs().sqrt(),
        "data": x,
    }
    return {name: walk(t) for name, t in tensors.items()}


def test_walk(student, reference, same, run, rng):
    """`graph_walk` names the nodes from the result down to the leaf, past inputs without a gradient."""
    x, start = torch.randn(3, generator=rng), torch.randn(2, generator=rng)
    same(
        run(probe(walks), student.graph_walk, x, start),
        walks(reference.graph_walk, x, start),
        "`graph_walk`",
        parts="node",
    )
