import torch

from grader import probe
from grader.asking.through import through
from grader.asking.tolerances import Tolerance

LARGE = Tolerance(1e-3, 2e-3)  # a sum of numbers around 3000 is rounded, in each order otherwise


@probe
def described(batch_norm):
    layer = batch_norm(5)
    return {
        "parameters": {name: p.detach().clone() for name, p in layer.named_parameters()},
        "buffers": dict(layer.named_buffers()),
        "saved": sorted(layer.state_dict()),
    }


def test_parts(student, same, run):
    """Parameters and buffers, with their names and starting values; all of them are saved."""
    ones, zeros = torch.ones(5), torch.zeros(5)
    due = {
        "parameters": {"weight": ones, "bias": zeros},
        "buffers": {"running_mean": zeros, "running_var": ones},
        "saved": ["bias", "running_mean", "running_var", "weight"],
    }
    same(run(described, student.BatchNorm), due, "BatchNorm(5)")


def in_training(batch_norm, batches, weight, bias):
    layer = batch_norm(len(weight))
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    return [layer(x).detach() for x in batches]


def batches(rng, shapes):
    return [3 * torch.randn(shape, generator=rng) + 2 for shape in shapes]


@probe
def calls(batch_norm, x):
    return [(batch_norm(3), x), (batch_norm(3).eval(), x)]


def test_training(student, reference, agree, untouched, rng):
    """In training mode each channel of a batch is normalised, then scaled and shifted; the batch stays as it is."""
    cases = {}
    for label, c, shapes in (
        ("three channels", 3, [(4, 3, 2, 5), (2, 3, 3, 3)]),
        ("one channel", 1, [(2, 1, 1, 1)]),
        ("one picture with two channels", 2, [(1, 2, 4, 3)]),
    ):
        cases[label] = (batches(rng, shapes), torch.randn(c, generator=rng), torch.randn(c, generator=rng))
    same_pictures = [batches(rng, [(1, 2, 3, 3)])[0].expand(4, 2, 3, 3)]
    cases["pictures that are all the same"] = (same_pictures, torch.ones(2), torch.zeros(2))
    answer, oracle = through(in_training, student.BatchNorm), through(in_training, reference.BatchNorm)
    agree(answer, oracle, cases, parts="batch")
    large = {
        f"channels with means around {mean}": (
            [mean + torch.randn(4, 2, 3, 3, generator=rng)],
            torch.ones(2),
            torch.zeros(2),
        )
        for mean in (3000, -2000)
    }
    agree(answer, oracle, large, parts="batch", layouts=(), tolerance=LARGE)
    untouched(student.BatchNorm, calls, torch.randn(2, 3, 2, 2, generator=rng))


def running(batch_norm, batches, momentum):
    layer = batch_norm(batches[0].shape[1], momentum)
    for x in batches:
        layer(x.clone().requires_grad_())  # as behind another layer
    return {
        "mean": layer.running_mean,
        "var": layer.running_var,
        "a graph behind them": layer.running_mean.requires_grad or layer.running_var.requires_grad,
    }


def test_running_statistics(student, reference, agree, rng):
    """After several batches the running statistics are the weighted averages of the text, without a graph."""
    shapes = [(4, 3, 2, 5), (2, 3, 3, 3), (2, 3, 1, 2)]
    cases = {f"a momentum of {momentum}": (batches(rng, shapes), momentum) for momentum in (0.1, 0.4, 0.0)}
    agree(through(running, student.BatchNorm), through(running, reference.BatchNorm), cases)


def in_evaluation(batch_norm, state, x, eps):
    layer = batch_norm(x.shape[1], eps=eps)
    layer.load_state_dict(state)
    layer.eval()
    y = layer(x).detach()
    return {"result": y, "mean": layer.running_mean, "var": layer.running_var}


def test_evaluation(student, reference, agree, rng):
    """In evaluation mode the running statistics are used, and stay; a single picture is normalised like any other."""
    cases = {}
    for label, n, eps in (("four pictures", 4, 1e-5), ("a single picture", 1, 0.3), ("an eps of 0", 2, 0.0)):
        sizes = torch.rand(4, 3, generator=rng) + 0.5
        state = dict(zip(("weight", "bias", "running_mean", "running_var"), sizes, strict=True))
        cases[label] = (state, torch.randn(n, 3, 2, 2, generator=rng), eps)
    cases["a single number"] = ({name: t[:1] for name, t in state.items()}, torch.randn(1, 1, 1, 1, generator=rng), 0.1)
    agree(through(in_evaluation, student.BatchNorm), through(in_evaluation, reference.BatchNorm), cases)


def gradients(batch_norm, x, pull):
    layer = batch_norm(x.shape[1]).double()
    x = x.clone().requires_grad_()
    (layer(x) * pull).sum().backward()
    return [x.grad, layer.weight.grad, layer.bias.grad]


def test_gradients(student, reference, same, run, rng):
    """Gradients flow through the statistics of the batch."""
    x = torch.randn(3, 2, 2, 2, generator=rng, dtype=torch.float64)
    pull = torch.randn(3, 2, 2, 2, generator=rng, dtype=torch.float64)
    due = gradients(reference.BatchNorm, x, pull)
    same(
        run(probe(gradients), student.BatchNorm, x, pull),
        due,
        "After `backward`",
        parts="gradient of x, gradient of the weight, gradient of the bias",
    )
