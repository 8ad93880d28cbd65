import torch

from grader import probe
from grader.asking.through import through
from grader.asking.tolerances import Tolerance

# float16 has ten binary digits: another order of the same operations may differ by 2**-10 each time
HALF = Tolerance(5e-3, 1e-4)


def shifted_net(weights):
    """Layers within layers, and a parameter of the whole beside them."""

    class Shifted(torch.nn.Sequential):
        def __init__(self):
            first = torch.nn.Sequential(torch.nn.Linear(3, 4, bias=False), torch.nn.Tanh())
            super().__init__(first, torch.nn.Linear(4, 2, bias=False))
            self.shift = torch.nn.Parameter(torch.zeros(2))

        def forward(self, x):
            return super().forward(x) + self.shift

    net = Shifted()
    with torch.no_grad():
        for p, weight in zip(net.parameters(), weights, strict=True):
            p.copy_(weight)
    return net


def lying(t):
    """The same numbers on the card: rows that are repeated where all are alike, else a part of more numbers."""
    if t.stride(0) == 1:
        return t.to("cuda")
    if len(t) > 1 and (t == t[:1]).all():
        return t[:1].to("cuda").expand_as(t)
    return torch.cat([torch.ones_like(t[:1]), t]).to("cuda")[1:]


def stepped(amp_step, weights, batches, limit, start):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        model = shifted_net(weights).to("cuda")
        for p in model.parameters():
            p.grad = torch.ones_like(p)
        kinds, losses_in, afterwards = set(), set(), set()
        model[1].register_forward_hook(lambda module, given, result: kinds.add(str(result.dtype)))

        def loss_fn(predicted, target):
            losses_in.add(torch.is_autocast_enabled("cuda"))
            return torch.nn.functional.mse_loss(predicted, 2 * target)

        class Watched(torch.optim.SGD):
            def step(self, closure=None):
                afterwards.add(torch.is_autocast_enabled("cuda"))
                return super().step(closure)

        for p in model.parameters():
            p.register_hook(lambda grad: afterwards.add(torch.is_autocast_enabled("cuda")))
        optimizer = Watched(model.parameters(), lr=0.5)
        scaler = torch.amp.GradScaler("cuda", init_scale=start, growth_interval=2)
        losses, scales, stay = [], [], []
        model.train(start == 64.0)
        for x, y in batches:
            given = lying(x), lying(y)
            loss = amp_step(model, *given, optimizer, scaler, loss_fn, limit)
            stay.append(
                [torch.equal(t.cpu(), was) and not t.requires_grad for t, was in zip(given, (x, y), strict=True)]
            )
            losses.append(loss.detach().float().cpu())
            scales.append(scaler.get_scale())
        return {
            "losses": losses,
            "graph": loss.requires_grad,
            "batches as before": all(all(pair) for pair in stay),
            "hooks": [len(part._forward_hooks) for part in model.modules()],
            "training mode": model.training,
            "factor after each step": scales,
            "dtype of the last layer's results": sorted(kinds),
            "loss under autocast": sorted(losses_in),
            "what follows under autocast": sorted(afterwards),
            "dtypes of the weights": sorted({str(p.dtype) for p in model.parameters()}),
            "weights": [p.detach().cpu() for p in model.parameters()],
        }


HELPERS = shifted_net, lying


def setting(rng, n=4):
    weights = [torch.randn(shape, generator=rng) for shape in ((2,), (4, 3), (2, 4))]
    return weights, [(torch.randn(6, 3, generator=rng), torch.randn(6, 2, generator=rng)) for _ in range(n)]


@probe
def calls(amp_step, x, y):
    model = torch.nn.Linear(3, 2).to("cuda")
    optimizer, scaler = torch.optim.SGD(model.parameters(), lr=0.1), torch.amp.GradScaler("cuda")
    return [(amp_step, model, x.to("cuda"), y.to("cuda"), optimizer, scaler, torch.nn.functional.mse_loss, 1.0)]


def test_steps(student, reference, agree, untouched, rng):
    """Four steps: half precision inside, float32 weights, clipped true gradients, a factor that adapts."""
    weights, batches = setting(rng, 2)
    agree(
        through(stepped, student.amp_step, *HELPERS),
        through(stepped, reference.amp_step, *HELPERS),
        {
            "four steps with the limit 0.25 and a factor of 1024": (*setting(rng), 0.25, 1024.0),
            "four steps with the limit 100 and a factor of 8": (*setting(rng), 100.0, 8.0),
            "batches of one sample": (weights, [(x[:1], y[:1]) for x, y in batches], 1.0, 64.0),
            "batches of sequences": (weights, [(x[None], y[None]) for x, y in batches], 1.0, 64.0),
            "batches whose columns follow each other in memory": (
                weights,
                [(x.T.contiguous().T, y.T.contiguous().T) for x, y in batches],
                1.0,
                64.0,
            ),
            "batches of one sample four times": (
                weights,
                [(x[:1].expand(4, -1), y[:1].expand(4, -1)) for x, y in batches],
                1.0,
                64.0,
            ),
            "batches of three": (weights, [(x[:3].abs(), y[:3].abs()) for x, y in batches], 1.0, 64.0),
        },
        tolerance=HALF,
        layouts=(),
        parts={"losses": "step", "factor after each step": "step", "weights": "parameter"},
    )
    x, y = batches[0]
    untouched(student.amp_step, calls, x, y, but=["arguments"])


def test_overflow(student, reference, same, run, rng):
    """If gradients become infinite, the step is skipped and the factor halved."""
    weights, batches = setting(rng, 3)
    batches[1] = (batches[1][0], batches[1][1] * 3e4)  # times the factor, far more than 65504
    due = stepped(reference.amp_step, weights, batches, 1.0, 4096.0)
    found = run(probe(uses=HELPERS)(stepped), student.amp_step, weights, batches, 1.0, 4096.0)
    same(
        found,
        due,
        "Three steps, of which the second has infinite gradients",
        tolerance=HALF,
        parts={"losses": "step", "factor after each step": "step", "weights": "parameter"},
    )
