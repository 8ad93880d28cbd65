import torch

from grader import probe
from grader.asking.tolerances import Tolerance

# slopes between 0 and 1; far out they may be 1e-13 or be rounded to 0
FAR_OUT = Tolerance(1e-5, 1e-6)


def test_formulas(student, reference, agree, rng):
    """The six functions for moderate inputs of any shape."""
    cases = {
        "a vector": (torch.randn(50, generator=rng) * 2,),
        "a matrix": (torch.randn(3, 4, generator=rng),),
        "the corners": (torch.tensor([-1.0, 0.0, 1.0]),),
    }
    agree(student.activations, reference.activations, cases, layouts=["sliced", "expanded"], shapes="any", graph=True)


def test_extreme_inputs(student, reference, agree):
    """Large inputs of either sign give neither NaN nor infinity."""
    # the 0 sets the scale: far left, softplus and sigmoid may be 1e-13 or be rounded to 0
    cases = {
        "large positive inputs": (torch.tensor([0.0, 30.0, 95.0, 400.0, 1000.0]),),
        "large negative inputs": (torch.tensor([0.0, -30.0, -95.0, -400.0, -1000.0]),),
    }
    agree(student.activations, reference.activations, cases)


def slopes(activations, x):
    leaf = x.clone().requires_grad_()
    values = activations(leaf)
    return {name: torch.autograd.grad(values[name].sum(), leaf, retain_graph=True)[0] for name in sorted(values)}


def test_slopes(student, reference, same, run, rng):
    """Gradients get through, and not where a function is flat."""
    x = torch.cat([torch.tensor([-3.0, -1.5, -0.25, 0.25, 1.5, 3.0]), torch.randn(6, generator=rng)])
    same(run(probe(slopes), student.activations, x), slopes(reference.activations, x), "The slopes")


def test_extreme_slopes(student, reference, same, run):
    """Far out on either side the slopes are numbers, too, and the right ones."""
    x = torch.tensor([-1000.0, -400.0, -95.0, -30.0, 30.0, 95.0, 400.0, 1000.0])
    due = slopes(reference.activations, x)
    same(run(probe(slopes), student.activations, x), due, "The slopes far out", tolerance=FAR_OUT)


def test_inputs_stay(student, pure, rng):
    """The inputs stay as they were."""
    pure(student.activations, [torch.randn(20, generator=rng)])


def test_small_values(student, reference, expect, same):
    """From -20 on, softplus and sigmoid keep their digits where they are small."""
    x = torch.tensor([-19.0, -17.0, -14.0, -10.0, -7.0, -3.0])
    found, due = expect(student.activations(x), dict), reference.activations(x)
    for name in ("softplus", "sigmoid"):  # without `log1p` the first values are 0, and those at -14 off by 7 %
        same(found.get(name), due[name], f"`{name}` from -19 to -3", tolerance=Tolerance(1e-4, 0.0))
