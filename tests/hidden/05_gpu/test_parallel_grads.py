import torch

from grader import probe
from grader.asking.tolerances import Tolerance
from grader.asking.words import count

# a few dozen float64 operations, in another order
ROUNDING = Tolerance(1e-9, 1e-11)


@probe
def gradients(parallel_grads, weights, x, y, devices):
    from grader import simulated_cuda

    def loss_fn(predicted, target):  # not the same when its arguments are exchanged
        return (predicted - 2 * target).square().mean()

    seen = []

    class Noting(torch.nn.Linear):
        def forward(self, x):
            seen.append([str(x.device), str(self.weight.device), len(x)])
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
        parallel_grads(model, x, y, loss_fn, devices)
        return {
            "parts": seen,
            "devices of the gradients": [str(p.grad.device) for p in model.parameters()],
            "gradients": [p.grad.cpu() for p in model.parameters()],
            "weights": [p.detach().cpu() for p in model.parameters()],
            "devices of the weights": [str(p.device) for p in model.parameters()],
        }


def test_gradient_of_the_whole(student, same, run, rng):
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
        sizes = [len(part) for part in x.tensor_split(len(devices))]
        due = {
            "parts": [[device, device, size] for device, size in zip(devices, sizes, strict=True)],
            "devices of the gradients": [devices[0]] * 2,
            "gradients": [leaf.grad for leaf in leaves],
            "weights": weights,
            "devices of the weights": [devices[0]] * 2,
        }
        found = run(gradients, student.parallel_grads, weights, x, y, devices)
        same(
            found,
            due,
            f"{count(n, 'sample')} on {', '.join(devices)}",
            tolerance=ROUNDING,
            parts={"gradients": "parameter", "weights": "parameter", "parts": "part"},
        )
