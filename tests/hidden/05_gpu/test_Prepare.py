import torch

from grader import probe
from grader.asking.through import through
from grader.asking.words import count


@probe
def prepared(prepare, mean, std, x, device):
    layer = prepare(mean, std)
    for place in ("cuda" if device == "cpu" else "cpu", device):  # it was used elsewhere before
        result = layer.to(place)(x.to(place))
    return result


def plain(prepare, mean, std, x):
    return prepare(mean, std)(x)


@probe
def calls(prepare, mean, std, x):
    return [(prepare(mean, std), x), (prepare, mean, std)]


def test_values(student, reference, same, run, agree, untouched, rng):
    """The features are standardised and a column of ones follows, on x's device and in its dtype."""
    for n, f, dtype in ((4, 3, torch.float32), (1, 2, torch.float64)):
        mean, x = torch.randn(f, generator=rng, dtype=dtype), torch.randn(n, f, generator=rng, dtype=dtype)
        std = torch.rand(f, generator=rng, dtype=dtype) + 0.5
        due = torch.cat([(x - mean) / std, torch.ones(n, 1, dtype=dtype)], dim=1)
        same(run(prepared, student.Prepare, mean, std, x, "cpu"), due, f"{count(n, 'row')} on the CPU")
        same(run(prepared, student.Prepare, mean, std, x, "cuda"), due.to("cuda"), f"{count(n, 'row')} on a card")
    statistics = [(torch.randn(3, generator=rng), torch.rand(3, generator=rng) + 0.5) for _ in range(2)]
    agree(
        through(plain, student.Prepare),
        through(plain, reference.Prepare),
        {
            "five rows": (*statistics[0], torch.rand(5, 3, generator=rng)),
            "three rows": (*statistics[1], torch.randn(3, 3, generator=rng)),
            "one number": (*(t[:1] for t in statistics[1]), torch.randn(1, 1, generator=rng)),
            "one feature": (*(t[:1] for t in statistics[0]), torch.randn(4, 1, generator=rng)),
            "one row": (*statistics[1], torch.randn(1, 3, generator=rng)),
        },
        layouts=("sliced", "expanded"),
        dtypes="floating",
        single=[0],
    )
    untouched(student.Prepare, calls, *statistics[0], torch.rand(2, 3, generator=rng))


@probe
def registered(prepare, mean, std):
    layer = prepare(mean, std)
    saved = layer.state_dict()
    layer.to("cuda")
    return {
        "parameters": [name for name, _ in layer.named_parameters()],
        "saved": dict(saved),
        "buffers after the move": dict(layer.named_buffers()),
    }


def test_buffers(student, same, run, rng):
    """Mean and standard deviation are buffers: saved, moved along, and no parameters."""
    mean, std = torch.randn(3, generator=rng), torch.rand(3, generator=rng) + 1
    due = {
        "parameters": [],
        "saved": {"mean": mean, "std": std},
        "buffers after the move": {"mean": mean.to("cuda"), "std": std.to("cuda")},
    }
    same(run(registered, student.Prepare, mean, std), due, "A module and what is registered with it")


@probe
def gradient(prepare, mean, std, x):
    x = x.clone().requires_grad_()
    before = x.detach().clone()
    prepare(mean, std)(x).sum().backward()
    return {"gradient": x.grad, "x stays": torch.equal(before, x.detach())}


def test_gradient(student, same, run, rng):
    """Gradients flow through to x, which stays as it is."""
    mean, std = torch.randn(3, generator=rng), torch.rand(3, generator=rng) + 1
    x = torch.randn(2, 3, generator=rng)
    due = {"gradient": (1 / std).repeat(2, 1), "x stays": True}
    same(run(gradient, student.Prepare, mean, std, x), due, "The gradient of the sum")
