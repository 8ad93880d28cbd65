import torch

from grader import probe


def powers(a, b):
    return (a**3 * b).sum() + b.mean()


def only_the_first(a, b):
    return (a**2).sum()


FUNCTIONS = {"powers": powers, "only_the_first": only_the_first}


def two(rng, *shapes):
    return [torch.randn(shape, generator=rng, dtype=torch.float64) for shape in shapes]


def test_every_argument(student, reference, agree, rng):
    """There is one gradient for each argument, of its shape."""

    def here(f, params):
        return reference.gradients(FUNCTIONS[f.name], params)

    cases = {
        "two vectors": (probe(powers), two(rng, (4,), (4,))),
        "a matrix and a number": (probe(powers), two(rng, (2, 3), ())),
        "four axes, and one number in two": (probe(powers), two(rng, (2, 2, 1, 3), (1, 1))),
    }
    agree(student.gradients, here, cases, parts="argument", dtypes="floating", layouts=["sliced", "expanded"])


def test_unused_arguments(student, reference, same, rng):
    """An argument that the function does not use has a gradient of zeros."""
    params = two(rng, (3,), (2, 2))
    due = reference.gradients(only_the_first, params)
    same(
        student.gradients(probe(only_the_first), params), due, "When the second argument is not used", parts="argument"
    )


@probe
def traces(gradients, params):
    before = [p.clone() for p in params]
    gradients(lambda a, b: (a * b).sum(), params)
    return {
        "require gradients": [p.requires_grad for p in params],
        "hold gradients": [p.grad is not None for p in params],
        "changed": [not torch.equal(p, old) for p, old in zip(params, before, strict=True)],
    }


def test_no_traces(student, same, run, rng):
    """The tensors that were passed neither change, nor require gradients, nor hold any afterwards."""
    due = {key: [False, False] for key in ("require gradients", "hold gradients", "changed")}
    same(
        run(traces, student.gradients, two(rng, (3,), (3,))),
        due,
        "The caller's tensors afterwards",
        parts="argument",
        about="arguments",
    )
