import torch

from grader import probe
from grader.asking.through import through


def described(block, sizes):
    made = block(*sizes)
    return {
        "shapes": {name: tuple(value.shape) for name, value in made.state_dict().items()},
        "shortcut": type(made.downsample).__name__,
        "training": made.training,
    }


def test_parts(student, reference, same, run):
    """The parts with their names and shapes, and a shortcut only where it is needed."""
    for sizes in ((3, 3), (3, 5), (4, 4, 2), (2, 6, 3), (4, 4, 1)):
        due = described(reference.BasicBlock, sizes)
        same(run(probe(described), student.BasicBlock, sizes), due, f"BasicBlock{sizes}")


def answers(block, sizes, state, x):
    made = block(*sizes)
    made.load_state_dict(state)
    in_training = made(x).detach()
    return [in_training, made.eval()(x).detach()]


def state_for(block, rng):
    """Weights around 0, variances around 1."""
    state = {}
    for name, value in block.state_dict().items():
        drawn = torch.rand(value.shape, generator=rng)
        state[name] = value if value.ndim == 0 else drawn + 0.5 if "var" in name else 2 * drawn - 1
    return state


def test_answers(student, reference, agree, rng):
    """With given weights it gives what a block of ResNet-18 gives, in training and in evaluation mode."""
    cases = {}
    for sizes in ((3, 3), (2, 4), (3, 3, 2), (2, 5, 3)):
        state = state_for(reference.BasicBlock(*sizes), rng)
        cases[f"BasicBlock{sizes}"] = (sizes, state, torch.randn(4, sizes[0], 7, 6, generator=rng))
    sizes = (2, 2)
    state = state_for(reference.BasicBlock(*sizes), rng)
    cases["one picture, one pixel wide"] = (sizes, state, torch.randn(1, 2, 5, 1, generator=rng))
    cases["one picture, one pixel high"] = (sizes, state, torch.randn(1, 2, 1, 5, generator=rng))
    cases["pictures that are all the same"] = (sizes, state, torch.randn(1, 2, 5, 4, generator=rng).expand(3, 2, 5, 4))
    agree(
        through(answers, student.BasicBlock),
        through(answers, reference.BasicBlock),
        cases,
        parts="results in training mode, results in evaluation mode",
    )


@probe
def calls(block, x):
    return [(block(3, 3), x), (block(3, 2, 2).eval(), x)]


def test_input_stays(student, untouched, rng):
    """The input stays as it is."""
    untouched(student.BasicBlock, calls, torch.randn(2, 3, 4, 4, generator=rng))


@probe
def gradients(block, x):
    made = block(3, 3).double()
    with torch.no_grad():
        for p in made.bn2.parameters():
            p.zero_()
    x = x.requires_grad_()
    y = made(x)
    y.sum().backward()
    return x.grad, y.dtype


def test_gradient_passes(student, same, run, rng):
    """If the block has nothing to add, gradients pass it unharmed."""
    x = torch.rand(2, 3, 4, 4, generator=rng, dtype=torch.float64) + 0.1
    due = torch.ones_like(x), torch.float64
    same(
        run(gradients, student.BasicBlock, x),
        due,
        "For a positive input",
        parts="gradient of the sum, dtype of the result",
    )
