import torch

from grader import probe


def losses(dummy_loss, outputs, seed):
    generator = torch.Generator().manual_seed(seed)
    return [dummy_loss(output, generator) for output in outputs]


def test_dummy_loss(student, reference, same, run, rng):
    """`dummy_loss` is the mean squared error against random targets in the shape of the output."""
    outputs = [torch.randn(size, generator=rng) for size in ((4, 3), (1, 10), (2, 3, 2, 2), (5,))]
    due = losses(reference.dummy_loss, outputs, 7)
    same(
        run(probe(losses), student.dummy_loss, outputs, 7),
        due,
        "The losses of four outputs, one after the other",
        parts="output",
    )


def named(unreached, x):
    nn = torch.nn

    class Broken(nn.Module):
        def __init__(self, how):
            super().__init__()
            self.how = how
            self.extra = nn.Linear(2, 2)
            self.one, self.two, self.three = nn.Linear(4, 3), nn.Linear(3, 3), nn.Linear(3, 2)
            for p in self.three.parameters():
                p.requires_grad = how != "frozen"

        def forward(self, x):
            x = self.one(x)
            if self.how == "detached":
                x = x.detach()
            elif self.how == "rebuilt":
                return torch.tensor(self.three(self.two(x)).tolist())
            elif self.how == "dead":
                x = (x - 1000).relu()
            return self.three(self.two(x) if self.how != "short" else x)

    return {how: unreached(Broken(how), x) for how in ("fine", "detached", "rebuilt", "dead", "frozen", "short")}


def test_names(student, reference, same, run, rng):
    """The names of the parameters that no gradient reaches; a gradient of zero is one, and frozen ones do not count."""
    x = torch.rand(5, 4, generator=rng)
    same(run(probe(named), student.unreached, x), named(reference.unreached, x), "Six models", parts="parameter")


@probe
def traces(unreached, x):
    net = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Linear(3, 2))
    net[0].bias.grad = torch.full((3,), 7.0)
    before = [p.detach().clone() for p in net.parameters()]
    return {
        "names": unreached(net, x),
        "gradients": [None if p.grad is None else p.grad.tolist() for p in net.parameters()],
        "moved": any(not torch.equal(p, b) for p, b in zip(net.parameters(), before, strict=True)),
    }


def test_leaves_no_traces(student, same, run, rng):
    """Parameters and their gradients stay as they are."""
    due = {"names": [], "gradients": [None, [7.0, 7.0, 7.0], None, None], "moved": False}
    same(
        run(traces, student.unreached, torch.rand(5, 4, generator=rng)),
        due,
        "Afterwards",
        parts={"gradients": "parameter"},
    )
