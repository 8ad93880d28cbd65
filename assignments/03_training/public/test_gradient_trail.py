import torch

from grader import probe


@probe
def square(p):
    return p**2


@probe
def after_clearing(clear):
    p = torch.tensor(2.0, requires_grad=True)
    (3 * p).backward()
    fresh = torch.tensor(1.0, requires_grad=True)
    clear([fresh, p])
    return p.grad is None or bool((p.grad == 0).all())


def test_three_times(student, same, demand, run):
    """The trail of p² at 3 is 6, 12, 18; a cleared gradient is gone, also beside a leaf that had none yet."""
    due = [torch.tensor(6.0), torch.tensor(12.0), torch.tensor(18.0)]
    same(student.gradient_trail(square, torch.tensor(3.0), 3), due, "gradient_trail(p², 3, 3)")
    demand(run(after_clearing, student.clear_gradients), "After `clear_gradients` the gradient is still there.")
