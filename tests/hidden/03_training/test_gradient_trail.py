import torch

from grader import probe


def cubes(p):
    return (p**3).sum()


def waves(p):
    return torch.sin(p).mean()


FUNCTIONS = {"cubes": cubes, "waves": waves}


def test_trail(student, reference, agree, rng):
    """The k-th entry is what the first k gradients add up to."""

    def here(f, p, n):
        return reference.gradient_trail(FUNCTIONS[f.name], p, n)

    cases = {
        "four times": (probe(cubes), torch.randn(3, generator=rng, dtype=torch.float64), 4),
        "once": (probe(waves), torch.randn(2, 2, generator=rng, dtype=torch.float64), 1),
        "three times": (probe(cubes), torch.randn(1, 2, 3, 1, generator=rng, dtype=torch.float64), 3),
        "twice": (probe(waves), torch.randn((), generator=rng, dtype=torch.float64), 2),
    }
    agree(student.gradient_trail, here, cases, parts="backward pass", dtypes="floating", layouts=["sliced", "expanded"])


@probe
def cleared(clear, values, graded):
    params = [v.clone().requires_grad_() for v in values]
    for p, wanted in zip(params, graded, strict=True):
        if wanted:
            (p**2).sum().backward()
    params[-1].grad.view(-1)[0] = torch.inf  # as after a training that diverged
    given = list(params)
    clear(given)
    return {
        "the list holds the same leaves": [new is old for new, old in zip(given, params)],  # noqa: B905
        "no gradient left": [p.grad is None or not bool(p.grad.any()) for p in params],
        "values": [p.detach().clone() for p in params],
        "still parameters": [p.is_leaf and p.requires_grad for p in params],
    }


@probe
def clearings(clear):
    return [(lambda: clear([torch.ones(2, requires_grad=True)]),)]


def test_clearing(student, same, run, untouched, rng):
    """`clear_gradients` leaves no gradient behind, and the parameters as they were."""
    values = [torch.randn(3, generator=rng) + 5, torch.randn(2, 2, generator=rng) + 5]
    due = {"the list holds the same leaves": [True, True], "no gradient left": [True, True]}
    due |= {"values": values, "still parameters": [True, True]}
    same(
        run(cleared, student.clear_gradients, values, [True, True]),
        due,
        "After `clear_gradients`",
        parts="parameter",
    )
    untouched(student.clear_gradients, clearings)


def test_clearing_before_the_first_backward(student, same, run, rng):
    """`clear_gradients` also takes parameters that have no gradient yet."""
    values = [torch.randn(3, generator=rng) + 5, torch.randn((), generator=rng) + 5]
    due = {"the list holds the same leaves": [True, True], "no gradient left": [True, True]}
    due |= {"values": values, "still parameters": [True, True]}
    same(
        run(cleared, student.clear_gradients, values, [False, True]),
        due,
        "When one has no gradient yet",
        parts="parameter",
    )


@probe
def left_behind(gradient_trail, p):
    before = p.clone()
    gradient_trail(lambda q: (q**2).sum(), p, 3)
    return {
        "requires gradients": p.requires_grad,
        "holds a gradient": p.grad is not None,
        "changed": not torch.equal(p.detach(), before),
    }


def test_caller_sees_nothing(student, same, run, rng):
    """The tensor that `gradient_trail` is given neither changes, nor requires gradients, nor holds one afterwards."""
    due = {"requires gradients": False, "holds a gradient": False, "changed": False}
    same(run(left_behind, student.gradient_trail, torch.randn(4, generator=rng)), due, "The tensor p afterwards")
