import torch


def data(rng, n, dtype=torch.float64):
    x, t = torch.randn(2, n, generator=rng, dtype=dtype)
    return 3 * x + 1, 5 * t, torch.randn(2, generator=rng, dtype=dtype)


def test_formula(student, reference, agree, rng):
    """The derivatives by w and by b, in this order."""
    cases = {
        "eleven points": data(rng, 11),
        "a single point": data(rng, 1),
        "float32": data(rng, 6, torch.float32),
    }
    agree(student.loss_gradient, reference.loss_gradient, cases, dtypes="floating", layouts=["sliced", "expanded"])


def test_each_point_twice(student, reference, same, rng):
    """Data in which each point occurs twice have the same gradient: it is that of a mean."""
    x, t, params = data(rng, 8)
    due = reference.loss_gradient(x, t, params)
    same(student.loss_gradient(x.repeat(2), t.repeat(2), params), due, "With each point twice")
