import torch

from grader import probe


@probe
def forward_of(signed_square, x):
    before = x.clone()
    return {"result": signed_square.apply(x), "argument unchanged": torch.equal(x, before)}


def test_forward(student, same, run, rng):
    """The result is x·|x|, of the shape and dtype of x, and x stays as it is."""
    for x in (torch.randn(7, generator=rng), torch.randn(2, 3, generator=rng, dtype=torch.float64)):
        due = {"result": x * x.abs(), "argument unchanged": True}
        same(run(forward_of, student.SignedSquare, x), due, f"For the shape {tuple(x.shape)}")


@probe
def gradient_of(signed_square, x, above):
    leaf = x.clone().requires_grad_()
    signed_square.apply(leaf).backward(above)
    return leaf.grad


def test_backward(student, same, run, rng):
    """What arrives from above is multiplied by 2·|x|, element by element."""
    for shape in ((6,), (3, 4)):
        x, above = torch.randn(2, *shape, generator=rng, dtype=torch.float64)
        x.view(-1)[0] = 0.0  # where the two halves of the curve meet, both are flat
        due = 2 * x.abs() * above
        same(run(gradient_of, student.SignedSquare, x, above), due, f"The gradient for the shape {shape}")
    far, one = torch.tensor([1e-25, -2e-25, 3e20, -1e20]), torch.ones(1)  # their squares are 0 and infinite
    for x in far.split(1):
        same(
            run(gradient_of, student.SignedSquare, x, one), 2 * x.abs(), "Where the result is 0 or infinite in float32"
        )


@probe
def in_a_chain(signed_square, x, weights):
    apply = signed_square.apply
    leaf = x.clone().requires_grad_()
    result = (torch.sin(apply(3 * leaf)) * weights + apply(leaf)).sum()
    result.backward()
    return {
        "a Function": issubclass(signed_square, torch.autograd.Function),
        "its own node": type(apply(leaf).grad_fn).__name__,
        "gradient": leaf.grad,
        "gradcheck": torch.autograd.gradcheck(apply, (leaf,), raise_exception=False),
    }


def test_link_of_a_chain(student, same, run, rng):
    """It is one link of a longer chain, with a node of its own, may be used twice in it, and passes `gradcheck`."""
    x, weights = torch.randn(2, 5, generator=rng, dtype=torch.float64)
    y = 3 * x
    due = {
        "a Function": True,
        "its own node": "SignedSquareBackward",
        "gradient": weights * torch.cos(y * y.abs()) * 2 * y.abs() * 3 + 2 * x.abs(),
        "gradcheck": True,
    }
    same(run(in_a_chain, student.SignedSquare, x, weights), due, "Between other operations, and once more beside them")
