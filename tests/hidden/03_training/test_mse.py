import torch

from grader import probe


def pairs(rng):
    for shape in ((7,), (4, 3), (1,)):
        yield tuple(torch.randn(shape, generator=rng, dtype=torch.float64) for _ in range(2))


def test_mean_of_squares(student, reference, agree, rng):
    """`mse` is the mean of the squared differences, a tensor without axes."""
    cases = list(pairs(rng))
    agree(student.mse, reference.mse, cases, dtypes="floating", layouts=["sliced", "expanded"], shapes="any")


def test_other_shapes_are_refused(student, refuses, rng):
    """`mse` raises ValueError when the shapes differ, also where they could be broadcast."""
    cases = {
        "a column against a vector": (torch.rand(6, 1, generator=rng), torch.rand(6, generator=rng)),
        "a row against a column": (torch.rand(1, 4, generator=rng), torch.rand(4, 1, generator=rng)),
        "many against one": (torch.rand(5, generator=rng), torch.rand((), generator=rng)),
    }
    refuses(student.mse, cases, ValueError)


def slope(f, predicted, target):
    predicted = predicted.clone().requires_grad_()
    f(predicted, target).backward()
    return predicted.grad


def test_gradient_comes_through(student, reference, same, run, rng):
    """`backward` on the loss brings the gradient to the predictions."""
    for predicted, target in pairs(rng):
        due = slope(reference.mse, predicted, target)
        same(run(probe(slope), student.mse, predicted, target), due, "The gradient of the predictions")


def test_share_of_the_worst(student, reference, agree, rng):
    """`worst_share` compares the error farthest from zero with the total, once by size and once by square."""
    cases = {
        "errors of both signs": (torch.randn(8, generator=rng),),
        "a negative worst error": (torch.tensor([1.0, 2.0, -9.0, 0.5]),),
        "a single error": (torch.tensor([-3.0]),),
        "nearly all errors on one side": (torch.tensor([5.0, 5.5, 6.0, 5.25, -1.0]),),
        "errors above zero": (torch.rand(5, generator=rng),),
    }
    agree(
        student.worst_share,
        reference.worst_share,
        cases,
        parts="share in the absolute values, share in the squares",
        dtypes=[torch.float64],
        layouts=["sliced", "expanded"],
    )


def test_errors_stay(student, pure, rng):
    """The errors that `worst_share` is given stay as they were."""
    pure(student.worst_share, [torch.randn(8, generator=rng)])
