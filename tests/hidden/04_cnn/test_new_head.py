import torch

from grader import probe


@probe
def headed(new_head, classes):
    nn = torch.nn
    net = nn.Sequential(nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.Flatten())
    net.register_module("fc", nn.Linear(12, 50, bias=False))
    net.register_parameter("gain", nn.Parameter(torch.ones(2)))
    old, before = net.fc, {name: p.detach().clone() for name, p in net.named_parameters()}
    net[1].eval()
    trained = list(new_head(net, classes))
    own = dict(net.named_parameters())
    other = torch.nn.Sequential()
    other.fc = nn.Linear(12, 2)
    new_head(other, classes)
    new_head(other, classes)
    again = other.fc.weight
    new_head(other, classes)
    return {
        "modes": [part.training for part in net.modules()],
        "hooks": sum(len(part._forward_hooks) for part in net.modules()),
        "the same start each time": torch.equal(again, other.fc.weight),
        "`fc` is the old layer": net.fc is old,
        "head": (type(net.fc).__name__, net.fc.in_features, net.fc.out_features, net.fc.bias is not None),
        "learns": [name for name, p in own.items() if p.requires_grad],
        "numbers stay": all(torch.equal(own[n], b) for n, b in before.items() if not n.startswith("fc")),
        "returned": [next((name for name, p in own.items() if p is one), "another parameter") for one in trained],
    }


def test_head(student, same, run, untouched):
    """A new linear layer in the place of the old one; all old parameters are frozen; the new ones come back."""
    for classes in (10, 3):
        due = {
            "`fc` is the old layer": False,
            "head": ("Linear", 12, classes, True),
            "modes": [True, True, False, True, True],
            "hooks": 0,
            "the same start each time": False,
            "learns": ["fc.weight", "fc.bias"],
            "numbers stay": True,
            "returned": ["fc.weight", "fc.bias"],
        }
        same(
            run(headed, student.new_head, classes),
            due,
            f"new_head(model, {classes})",
            parts={
                "learns": "parameter",
                "returned": "parameter",
                "head": "kind, inputs, outputs, bias",
                "modes": "part",
            },
        )
    untouched(student.new_head, calls, but=["arguments", "random numbers"])


@probe
def calls(new_head):
    net = torch.nn.Sequential(torch.nn.Linear(3, 3))
    net.register_module("fc", torch.nn.Linear(3, 2))
    return [(new_head, net, 4)]


@probe
def trained(new_head, x):
    nn = torch.nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.fc1, self.fc = nn.Linear(4, 3), nn.Linear(3, 9)

        def forward(self, x):
            return self.fc(self.fc1(x).tanh())

    net = Net()
    parameters = new_head(net, 2)
    start = {name: p.detach().clone() for name, p in net.named_parameters()}
    optimizer = torch.optim.SGD(parameters, lr=0.5)
    loss = nn.functional.cross_entropy(net(x), torch.tensor([0, 1, 1]))
    loss.backward()
    optimizer.step()
    return {name: torch.equal(p, start[name]) for name, p in net.named_parameters()}


def test_training(student, same, run, rng):
    """A training step moves the new layer, and nothing else."""
    due = {"fc1.weight": True, "fc1.bias": True, "fc.weight": False, "fc.bias": False}
    same(run(trained, student.new_head, torch.rand(3, 4, generator=rng)), due, "Whether a parameter stayed")
