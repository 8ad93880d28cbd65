import torch

from grader import probe
from grader.asking.through import through
from grader.asking.words import count


@probe
def used(two_cards, weights, x, place, devices):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        first = torch.nn.Sequential(torch.nn.Linear(3, 4, bias=False), torch.nn.Tanh()).double()
        second = torch.nn.Linear(4, 2, bias=False).double()
        with torch.no_grad():
            first[0].weight.copy_(weights[0])
            second.weight.copy_(weights[1])
        model = two_cards(first, second, devices)
        names = sorted(name for name, _ in model.named_parameters())
        given = x.to(place)
        before = machine.counts
        results = [model(given) for _ in range(2)]
        found = machine.counts - before
        results[1].sum().backward()
        return {
            "parameters": names,
            "devices of the weights": [str(p.device) for p in model.parameters()],
            "device of the result": str(results[0].device),
            "device of x afterwards": str(given.device),
            "result": results[0].detach().cpu(),
            "gradients": [p.grad.cpu() for p in model.parameters()],
            "bytes that travel in two runs": found.host_to_device_bytes
            + found.device_to_device_bytes
            + found.device_to_host_bytes,
        }


@probe
def kept(two_cards, devices, batches):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        first, second = torch.nn.Tanh(), torch.nn.Sequential()
        model = two_cards(first, second, devices)
        results = [model(x) for x in batches]
        return {
            "the modules themselves": [model.first is first, model.second is second],
            "device of the result": str(results[0].device),
            "a graph": any(result.requires_grad for result in results),
            "result": [result.cpu() for result in results],
        }


def plain(two_cards, weight, x):
    first = torch.nn.Linear(weight.shape[1], len(weight), bias=False, dtype=x.dtype)
    with torch.no_grad():
        first.weight.copy_(weight)
    second = torch.nn.Linear(len(weight), len(weight), bias=False, dtype=x.dtype)
    with torch.no_grad():
        second.weight.copy_(weight @ weight.T)
    return two_cards(first, second, ["cpu", "cpu"])(x).detach()


@probe
def calls(two_cards, x):
    return [(two_cards(torch.nn.Linear(3, 2), torch.nn.Linear(2, 2), ["cpu", "cpu"]), x)]


def test_use(student, reference, same, run, agree, untouched, rng):
    """Each half is on its device, the result on the second; gradients reach both; only x and activations travel."""
    for n, place, devices in (
        (3, "cpu", ["cuda:1", "cuda:1"]),
        (5, "cpu", ["cuda:0", "cuda:1"]),
        (2, "cuda:0", ["cuda:1", "cuda:0"]),
        (3, "cuda:1", ["cpu", "cuda:1"]),
        (4, "cuda:1", ["cuda:1", "cuda:1"]),
    ):
        weights = [
            torch.randn(4, 3, generator=rng, dtype=torch.float64),
            torch.randn(2, 4, generator=rng, dtype=torch.float64),
        ]
        x = torch.randn(n, 3, generator=rng, dtype=torch.float64)
        leaves = [w.clone().requires_grad_() for w in weights]
        hidden = (x @ leaves[0].T).tanh()
        result = hidden @ leaves[1].T
        result.sum().backward()
        travels = (x.nbytes if place != devices[0] else 0) + (hidden.nbytes if devices[0] != devices[1] else 0)
        due = {
            "parameters": ["first.0.weight", "second.weight"],
            "devices of the weights": devices,
            "device of the result": devices[1],
            "device of x afterwards": place,
            "result": result.detach(),
            "gradients": [leaf.grad for leaf in leaves],
            "bytes that travel in two runs": 2 * travels,
        }
        found = run(used, student.TwoCards, weights, x, place, devices)
        same(
            found, due, f"{count(n, 'sample')} from {place}, with halves on {' and '.join(devices)}", parts="parameter"
        )

    x = torch.randn(3, 2, generator=rng)
    others = [(10 * x).abs().to(dtype) for dtype in (torch.uint8, torch.int32, torch.int64, torch.bool)]
    batches = [x, x[:, :1], x[:1, :1], *others, x.half(), x.bfloat16()]
    due = {
        "the modules themselves": [True, True],
        "device of the result": "cuda:1",
        "a graph": False,
        "result": [batch.tanh() for batch in batches],
    }
    found = run(kept, student.TwoCards, ["cuda:0", "cuda:1"], batches)
    parts = {"the modules themselves": "half", "result": "batch"}
    same(found, due, "With halves that have no parameters", parts=parts)

    def drawn(*shapes):
        return tuple(torch.randn(shape, generator=rng) for shape in shapes)

    agree(
        through(plain, student.TwoCards),
        through(plain, reference.TwoCards),
        {
            "three samples": drawn((2, 3), (3, 3)),
            "one sample": drawn((2, 3), (1, 3)),
            "sequences": drawn((2, 3), (4, 2, 3)),
            "bright pictures": tuple(t.abs() for t in drawn((2, 3), (5, 3))),
        },
        layouts=("sliced", "expanded"),
    )
    untouched(student.TwoCards, calls, *drawn((2, 3)))
