import torch

from grader import probe
from grader.asking.through import through


def losses(dummy_loss, output, seed):
    generator = torch.Generator().manual_seed(seed)
    return [dummy_loss(output, generator) for _ in range(2)]


@probe
def loss_calls(dummy_loss, output):
    return [(dummy_loss, output, torch.Generator().manual_seed(1))]


def test_dummy_loss(student, reference, agree, untouched, rng):
    """`dummy_loss` is the mean squared error against random targets in the shape of the output."""
    agree(
        through(losses, student.dummy_loss),
        through(losses, reference.dummy_loss),
        {
            label: (torch.randn(size, generator=rng), 7)
            for label, size in {
                "four rows of scores": (4, 3),
                "one row": (1, 10),
                "pictures": (2, 3, 2, 2),
                "one score each": (5, 1),
                "a vector": (5,),
            }.items()
        },
        layouts=("sliced", "expanded"),
        graph=True,
        parts="draw",
    )
    untouched(student.dummy_loss, loss_calls, torch.randn(2, 3, generator=rng))


def named(unreached, x):
    nn = torch.nn

    class Broken(nn.Module):
        def __init__(self, how):
            super().__init__()
            self.how = how
            self.extra = nn.Linear(2, 2)
            self.one, self.two, self.three = nn.Linear(4, 3), nn.Linear(3, 3), nn.Linear(3, 2)
            for p in self.three.parameters():
                p.requires_grad = how not in ("frozen", "cut")

        def forward(self, x):
            x = self.one(x)
            if self.how == "detached":
                x = x.detach()
            elif self.how == "rebuilt":
                return torch.tensor(self.three(self.two(x)).tolist())
            elif self.how == "cut":
                return self.three(self.two(x)).detach()
            elif self.how == "dead":
                x = (x - 1000).relu()
            return self.three(self.two(x) if self.how != "short" else x)

    return {how: unreached(Broken(how), x) for how in ("fine", "detached", "rebuilt", "dead", "frozen", "short", "cut")}


def test_names(student, reference, agree, rng):
    """The names of the parameters that no gradient reaches; a gradient of zero is one, and frozen ones do not count."""
    agree(
        through(named, student.unreached),
        through(named, reference.unreached),
        {
            "seven models": (torch.rand(5, 4, generator=rng),),
            "one sample": (torch.randn(1, 4, generator=rng),),
            "batches of sequences": (torch.rand(2, 3, 4, generator=rng),),
            "samples that are all the same": (torch.rand(1, 4, generator=rng).expand(5, 4),),
            "a batch with a graph": (torch.rand(5, 4, generator=rng).requires_grad_(),),
        },
        constant=True,
        parts="parameter",
    )


@probe
def traces(unreached, x):
    net = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Linear(3, 2))
    net[0].bias.grad = torch.full((3,), 7.0)
    before = [p.detach().clone() for p in net.parameters()]
    names = unreached(net, x)
    gradient, *others = ("none" if p.grad is None else p.grad for p in (net[0].bias, *net.parameters()))
    return {
        "names": names,
        "gradient": gradient,
        "others": others,
        "moved": any(not torch.equal(p, b) for p, b in zip(net.parameters(), before, strict=True)),
    }


@probe
def calls(unreached, x):
    one, other = (torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Dropout(0.0)) for _ in range(2))
    return [(unreached, one, x), (unreached, other.eval(), x.clone())]


def test_leaves_no_traces(student, same, expect, run, untouched, rng):
    """Parameters and their gradients stay as they are, and so does all the rest."""
    found = expect(run(traces, student.unreached, torch.rand(5, 4, generator=rng)), dict)
    same(found.get("names"), [], "For a model that is wired correctly")
    same(found.get("gradient"), torch.full((3,), 7.0), "The `.grad` of `0.bias`, which held a gradient before")
    untouched(student.unreached, calls, torch.rand(5, 4, generator=rng))
