import torch

from grader import probe
from grader.asking.tolerances import Tolerance
from grader.asking.words import count

# a few dozen float64 operations, in another order
ROUNDING = Tolerance(1e-9, 1e-11)


@probe
def stepped(accumulate, weight, x, y, size, device):
    def loss_fn(predicted, target):  # not the same when its arguments are exchanged
        return (predicted - 2 * target).square().mean()

    model = torch.nn.Linear(3, 2, bias=False).double()
    with torch.no_grad():
        model.weight.copy_(weight)
    model.to(device)
    model.weight.grad = torch.ones_like(model.weight)
    seen, steps = [], []
    model.register_forward_hook(lambda module, given, result: seen.append(len(given[0])))

    class Watched(torch.optim.SGD):
        def step(self, closure=None):
            steps.append(1)
            return super().step(closure)

    optimizer = Watched(model.parameters(), lr=0.1)
    loss = accumulate(model, x.to(device), y.to(device), loss_fn, optimizer, size)
    return {
        "loss": loss.detach().cpu(),
        "graph": loss.requires_grad,
        "weight": model.weight.detach().cpu(),
        "steps": len(steps),
        "largest part": max(seen),
        "samples seen": sum(seen),
    }


def test_step_of_the_whole(student, same, run, rng):
    """One step, the same as with the whole batch, though the model only sees parts; old gradients do not count."""
    for n, size, device in ((10, 4, "cuda"), (9, 3, "cpu"), (5, 8, "cuda"), (7, 2, "cuda"), (4, 1, "cpu")):
        weight = torch.randn(2, 3, generator=rng, dtype=torch.float64)
        x = torch.randn(n, 3, generator=rng, dtype=torch.float64)
        y = torch.randn(n, 2, generator=rng, dtype=torch.float64)
        leaf = weight.clone().requires_grad_()
        loss = (x @ leaf.T - 2 * y).square().mean()
        loss.backward()
        due = {
            "loss": loss.detach(),
            "graph": False,
            "weight": weight - 0.1 * leaf.grad,
            "steps": 1,
            "largest part": min(n, size),
            "samples seen": n,
        }
        found = run(stepped, student.accumulate, weight, x, y, size, device)
        same(found, due, f"{count(n, 'sample')} in parts of {size} on {device}", tolerance=ROUNDING)
