import torch

from grader import probe
from grader.asking.through import through
from grader.asking.tolerances import Tolerance
from grader.asking.words import count

# a few dozen float64 operations, in another order
ROUNDING = Tolerance(1e-9, 1e-11)


@probe
def gradients(parallel_grads, weights, x, y, devices, training):
    from grader import simulated_cuda

    def loss_fn(predicted, target):  # not the same when its arguments are exchanged
        return (predicted - 2 * target).square().mean()

    seen = []

    class Noting(torch.nn.Linear):
        def forward(self, x):
            seen.append([str(x.device), str(self.weight.device), len(x), self.training])
            return super().forward(x)

    with simulated_cuda(devices=2, join=True):
        model = torch.nn.Sequential(
            Noting(3, 4, bias=False), torch.nn.Tanh(), torch.nn.Linear(4, 2, bias=False)
        ).double()
        with torch.no_grad():
            for p, weight in zip(model.parameters(), weights, strict=True):
                p.copy_(weight)
        model.to(devices[0])
        for p in model.parameters():
            p.grad = torch.ones_like(p)
        model.train(training)
        kept = x.clone(), y.clone()
        parallel_grads(model, x, y, loss_fn, devices)
        stay = [torch.equal(t, was) and not t.requires_grad for t, was in zip((x, y), kept, strict=True)]
        return {
            "x and y as before": all(stay),
            "samples on each device": {  # who works first is not asked
                device: sorted(size for place, _, size, _ in seen if place == device) for device in sorted(set(devices))
            },
            "devices that were used": sorted({place for place, *_ in seen}),
            "devices of the weights that were used": sorted({place for _, place, *_ in seen}),
            "modes of the copies": sorted({"training" if mode else "evaluation" for *_, mode in seen}),
            "hooks": [len(part._forward_hooks) for part in model.modules()],
            "mode": model.training,
            "list of devices": list(devices),
            "devices of the gradients": [str(p.grad.device) for p in model.parameters()],
            "gradients": [p.grad.cpu() for p in model.parameters()],
            "weights": [p.detach().cpu() for p in model.parameters()],
            "devices of the weights": [str(p.device) for p in model.parameters()],
        }


def plain(parallel_grads, weight, x, y):
    model = torch.nn.Linear(weight.shape[1], len(weight), bias=False, dtype=x.dtype)
    with torch.no_grad():
        model.weight.copy_(weight)
    parallel_grads(model, x, y, torch.nn.functional.mse_loss, ["cpu"] * min(2, len(x)))
    return model.weight.grad


@probe
def calls(parallel_grads, x, y):
    model = torch.nn.Linear(3, 2).double()
    return [(parallel_grads, model, x, y, torch.nn.functional.mse_loss, ["cpu", "cpu"])]


def test_gradient_of_the_whole(student, reference, same, run, agree, untouched, rng):
    """The gradients are those of the whole batch, at home; each device computes its part, and the weights stay."""
    for n, devices in (
        (5, ["cuda:0", "cuda:1"]),
        (6, ["cuda:1", "cuda:0", "cpu"]),
        (3, ["cpu"]),
        (7, ["cuda:0", "cuda:0", "cuda:1"]),
    ):
        weights = [
            torch.randn(4, 3, generator=rng, dtype=torch.float64),
            torch.randn(2, 4, generator=rng, dtype=torch.float64),
        ]
        x = torch.randn(n, 3, generator=rng, dtype=torch.float64)
        y = torch.randn(n, 2, generator=rng, dtype=torch.float64)
        leaves = [w.clone().requires_grad_() for w in weights]
        ((x @ leaves[0].T).tanh() @ leaves[1].T - 2 * y).square().mean().backward()
        sizes = list(zip(devices, map(len, x.tensor_split(len(devices))), strict=True))
        used = sorted(set(devices))
        due = {
            "samples on each device": {one: sorted(size for device, size in sizes if device == one) for one in used},
            "devices that were used": used,
            "devices of the weights that were used": used,
            "modes of the copies": ["training" if n > 5 else "evaluation"],
            "hooks": [0] * 4,
            "mode": n > 5,
            "list of devices": devices,
            "x and y as before": True,
            "devices of the gradients": [devices[0]] * 2,
            "gradients": [leaf.grad for leaf in leaves],
            "weights": weights,
            "devices of the weights": [devices[0]] * 2,
        }
        found = run(gradients, student.parallel_grads, weights, x, y, devices, n > 5)
        same(
            found,
            due,
            f"{count(n, 'sample')} on {', '.join(devices)}",
            tolerance=ROUNDING,
            parts={"gradients": "parameter", "weights": "parameter"},
        )

    def drawn(*shapes):
        return tuple(torch.randn(shape, generator=rng, dtype=torch.float64) for shape in shapes)

    agree(
        through(plain, student.parallel_grads),
        through(plain, reference.parallel_grads),
        {
            "three samples": drawn((2, 3), (3, 3), (3, 2)),
            "one sample": drawn((2, 3), (1, 3), (1, 2)),
            "sequences": drawn((2, 3), (4, 2, 3), (4, 2, 2)),
            "a single number": drawn((1, 1), (1, 1), (1, 1)),
            "one feature": tuple(t.abs() for t in drawn((1, 1), (5, 1), (5, 1))),
        },
        tolerance=ROUNDING,
        layouts=("sliced", "expanded"),
    )
    untouched(student.parallel_grads, calls, *drawn((5, 3), (5, 2)), but=["arguments"])
