import torch

from grader import probe


def tables(param_table):
    nn = torch.nn
    nested = nn.Sequential(nn.Conv2d(2, 3, (2, 4), bias=False), nn.Sequential(nn.ReLU(), nn.Linear(5, 4)))
    frozen = nn.ModuleDict({"body": nn.Linear(3, 2), "head": nn.Linear(2, 1)})
    frozen["body"].weight.requires_grad_(False)
    scaled = nn.Sequential(nn.Linear(2, 2))
    scaled.register_parameter("gain", nn.Parameter(torch.tensor(2.0)))
    models = {
        "nested": nested,
        "frozen": frozen,
        "batch norm": nn.BatchNorm2d(7),
        "none": nn.Flatten(),
        "scaled": scaled,
    }
    return {name: param_table(model) for name, model in models.items()}


@probe
def table_calls(param_table):
    return [(param_table, torch.nn.BatchNorm2d(2)), (param_table, torch.nn.BatchNorm2d(2).eval())]


def test_table(student, reference, same, run, untouched):
    """Shape and count under each name, also for frozen parameters; buffers are not in it."""
    same(
        run(probe(tables), student.param_table),
        tables(reference.param_table),
        "The tables",
        parts="shape, number of its numbers",
    )
    untouched(student.param_table, table_calls)


@probe
def found(get_param):
    nn = torch.nn
    net = nn.ModuleDict({"body": nn.Sequential(nn.Linear(3, 2), nn.Sequential(nn.ReLU(), nn.Linear(2, 4)))})
    net.register_parameter("gain", nn.Parameter(torch.ones(1, dtype=torch.float64)))
    inner = nn.Sequential(nn.Sequential(nn.ReLU(), nn.Linear(2, 2)), nn.Linear(2, 3))
    return {
        "1.bias": get_param(inner, "1.bias") is inner[1].bias,
        "gain": get_param(net, "gain") is net.gain,
        "body.0.bias": get_param(net, "body.0.bias") is net["body"][0].bias,
        "body.1.1.weight": get_param(net, "body.1.1.weight") is net["body"][1][1].weight,
    }


@probe
def param_calls(get_param):
    return [(get_param, torch.nn.Linear(3, 2), "weight"), (get_param, torch.nn.Linear(3, 2).eval(), "bias")]


def test_the_very_object(student, same, run, untouched):
    """The parameter itself comes back, however deep it lies."""
    due = {"1.bias": True, "gain": True, "body.0.bias": True, "body.1.1.weight": True}
    same(run(found, student.get_param), due, "Whether it is the very parameter")
    untouched(student.get_param, param_calls)


@probe
def missing(get_param, name):
    return get_param(torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.ReLU()), name) is None


def test_missing(student, refuses, run):
    """A name that leads nowhere raises AttributeError."""

    def get_param(name):
        return run(missing, student.get_param, name)

    refuses(get_param, {"no such part": ("5.weight",), "no such parameter": ("0.gain",)}, AttributeError)
