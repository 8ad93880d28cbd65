from itertools import pairwise

import torch

from grader import probe
from grader.asking.tolerances import Tolerance
from grader.asking.variations import expanded, sliced
from grader.asking.words import count

# a dozen steps of a few float64 operations each: below 1e-12
ROUNDING = Tolerance(1e-9, 1e-9)


def small_net(weights):
    sizes = [weights[0].shape[1], *(w.shape[0] for w in weights[::2])]
    net = torch.nn.Sequential(
        torch.nn.Linear(sizes[0], sizes[1]), torch.nn.Tanh(), torch.nn.Linear(sizes[1], sizes[2])
    ).double()
    with torch.no_grad():
        for p, value in zip(net.parameters(), weights, strict=True):
            p.copy_(value)
    return net


def drawn(rng, *sizes):
    shapes = [shape for n, m in pairwise(sizes) for shape in ((m, n), (m,))]
    return [torch.randn(shape, generator=rng, dtype=torch.float64) for shape in shapes]


def trained(train, weights, x, t, epochs):
    net = small_net(weights)
    losses = train(net, torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.5), x, t, epochs)
    return {"losses": losses, "weights": [p.detach().clone() for p in net.parameters()]}


@probe
def trainings(train, x, t):
    net = torch.nn.Linear(x.shape[1], 1).double()
    return [(lambda x, t: train(net, torch.optim.SGD(net.parameters(), lr=0.1), x, t, 2), x, t)]


PARTS = {"losses": "epoch", "weights": "parameter"}


@probe
def diverging(train, x, t):
    """How many numbers come back when the second loss is infinite and the last are NaN."""
    net = torch.nn.Linear(x.shape[1], 1).double()
    return len(train(net, torch.optim.SGD(net.parameters(), lr=1e200), x, t, 8))


def test_columns(student, reference, same, run, untouched, rng):
    """`mended_columns` trains on the targets themselves, to the last epoch: its losses, and the weights in the end."""
    x, t = torch.randn(9, 3, generator=rng, dtype=torch.float64), torch.randn(9, generator=rng, dtype=torch.float64)
    weights = drawn(rng, 3, 4, 1)
    cases = (x, t, 8), (x[:1], t[:1], 2), (sliced(x), sliced(t), 2), (expanded(x), t, 2), (x[:3].abs(), t[:3].abs(), 2)
    narrow = (x[:, :1], t, 2), drawn(rng, 1, 4, 1)
    best = (x, 0 * t, 4), [*weights[:2], *(0 * w for w in weights[2:])]  # the loss is 0 from the start
    for given, weights in (*((one, weights) for one in cases), narrow, best):
        due = trained(reference.mended_columns, weights, *given)
        got = run(probe(uses=[small_net])(trained), student.mended_columns, weights, *given)
        same(got, due, f"`mended_columns` with {count(len(given[0]), 'sample')}", tolerance=ROUNDING, parts=PARTS)
    what = "The number of losses of 8 epochs of `mended_columns`, the last of which are NaN"
    same(run(diverging, student.mended_columns, x, t), 8, what)
    untouched(student.mended_columns, trainings, x, t, but=["random numbers"])


def described(mended_head, weights, classes, rate):
    net = small_net(weights).float()
    parts = list(net)
    optimizer = mended_head(net, classes, rate)
    held = [p for group in optimizer.param_groups for p in group["params"]]
    before = [p.detach().clone() for p in net.parameters()]
    for p in net.parameters():
        p.grad = torch.full_like(p, 2.0)  # for a gradient of 1 Adam's step is as long
    optimizer.step()
    return {
        "the new layer": type(net[-1]).__name__,
        "its size": [net[-1].in_features, net[-1].out_features],
        "it is a new one": net[-1] is not parts[-1] and len(net) == len(parts),
        "the other parts stay": all(a is b for a, b in zip(list(net)[:-1], parts, strict=False)),
        "their weights stay": all(torch.equal(a, b.float()) for a, b in zip(before[:-2], weights, strict=False)),
        "all can learn": all(p.requires_grad for p in net.parameters()),
        "parameters in the optimizer": len(held),
        "all of the network's": {id(p) for p in net.parameters()} == {id(p) for p in held},
        "a step goes": [
            round((a - p.detach()).mean().item(), 6) for a, p in zip(before, net.parameters(), strict=True)
        ],
    }


@probe(uses=[small_net])
def two_steps(mended_head, weights):
    """How far two steps lead, each with the gradient 2: twice as far as one where nothing is remembered."""
    net = small_net(weights).float()
    optimizer = mended_head(net, 2, 0.25)
    start = [p.detach().clone() for p in net.parameters()]
    for _ in range(2):
        for p in net.parameters():
            p.grad = torch.full_like(p, 2.0)
        optimizer.step()
    return [round((a - p.detach()).mean().item(), 6) for a, p in zip(start, net.parameters(), strict=True)]


HEAD = {
    "it is a new one": "The last part is still the old layer, or the network has more or fewer parts than before.",
    "the other parts stay": "The parts before the last one are no longer the same objects.",
    "their weights stay": "The weights of the parts before the last one have changed.",
    "all can learn": "Some of the network's parameters no longer require gradients: nothing was to be frozen.",
    "all of the network's": "The optimizer does not hold exactly the parameters that the network has now.",
}


@probe
def heading(mended_head):
    return [(lambda: mended_head(torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 2)), 3, 0.1) and None,)]


def test_head(student, reference, same, demand, run, untouched, rng):
    """`mended_head` makes a new last layer, and an optimizer for all parameters that the network has then."""
    for classes, rate in ((3, 0.5), (1, 0.125), (5, 0.25)):
        weights = drawn(rng, 2, 4, 5)
        due = described(reference.mended_head, weights, classes, rate)
        found = run(probe(uses=[small_net])(described), student.mended_head, weights, classes, rate)
        for key, sentence in HEAD.items():
            demand(found[key], f"After `mended_head`: {sentence}")
        same(found, due, f"`mended_head` for {count(classes, 'class')}", parts={"a step goes": "parameter"})
    two = run(two_steps, student.mended_head, drawn(rng, 2, 4, 5))
    same(two, [1.0] * 4, "How far two steps lead", parts="parameter")
    untouched(student.mended_head, heading, but=["random numbers"])


@probe
def pairs(mended_shuffle, x, y, seed):
    before, order = x.clone(), y.clone()
    samples, classes = mended_shuffle(x, y, torch.Generator().manual_seed(seed))
    stays, x = torch.equal(x, before) and torch.equal(y, order), before
    numbers = samples.reshape(len(samples), -1)[:, 0].long()
    return {
        "shapes": [list(samples.shape), list(classes.shape)],
        "dtypes": [str(samples.dtype), str(classes.dtype)],
        "each sample once": sorted(numbers.tolist()) == list(range(len(x))),
        "each with its class": (numbers % 7).tolist() == classes.tolist(),
        "what was given stays": stays,
        "in another order": numbers.tolist() != x.reshape(len(x), -1)[:, 0].long().tolist(),
    }


@probe
def orders(mended_shuffle):
    x, y = torch.arange(40), torch.arange(40)
    torch.manual_seed(5)
    common = torch.get_rng_state()
    generator = torch.Generator().manual_seed(3)
    first, second = (mended_shuffle(x, y, generator)[0].tolist() for _ in range(2))
    again = mended_shuffle(x, y, torch.Generator().manual_seed(3))[0].tolist()
    other = mended_shuffle(x, y, torch.Generator().manual_seed(4))[0].tolist()
    return {
        "the same generator state, the same order": first == again,
        "another seed, another order": first != other,
        "a second call goes on": first != second,
        "the common generator is undisturbed": torch.equal(common, torch.get_rng_state()),
    }


PAIRS = {
    "each sample once": "not every sample is there exactly once.",
    "each with its class": "the samples no longer stand beside their own classes.",
    "what was given stays": "the tensors that it was given have changed.",
    "in another order": "the samples stand in their old order.",
}
ORDERS = {
    "the same generator state, the same order": "Two generators with the same seed give two different orders.",
    "another seed, another order": "Two generators with different seeds give the same order.",
    "a second call goes on": "A second call with the same generator gives the same order again.",
    "the common generator is undisturbed": "PyTorch's common generator is no longer where it was.",
}


@probe
def dealt(mended_shuffle, x, y):
    samples, classes = mended_shuffle(x, y, torch.Generator().manual_seed(1))
    pairs = zip(samples.flatten(1).tolist(), classes.tolist(), strict=True)
    return {
        "shape": list(samples.shape),
        "dtype": str(samples.dtype),
        "pairs": sorted([*sample, label] for sample, label in pairs),
        "require gradients": samples.requires_grad or x.requires_grad,
    }


@probe
def shuffling(mended_shuffle):
    return [(lambda x, y: mended_shuffle(x, y, torch.Generator()), torch.ones(2, 2), torch.zeros(2, dtype=torch.int64))]


def test_shuffle(student, same, demand, run, untouched, rng):
    """`mended_shuffle` keeps the pairs together, in a random order that the generator gives."""
    long = torch.randperm(40, generator=rng)
    picture = long.float()[:, None, None].expand(40, 2, 3)
    for x in (long, picture.contiguous(), picture, sliced(long[:, None].double())):
        due = {
            "shapes": [list(x.shape), [40]],
            "dtypes": [str(x.dtype), "torch.int64"],
        }
        what = f"`mended_shuffle` for the shape {tuple(x.shape)}"
        found = run(pairs, student.mended_shuffle, x, long % 7, int(long[0]))
        same({key: found[key] for key in ("shapes", "dtypes")}, due, what)
        for key, sentence in PAIRS.items():
            demand(found[key], f"{what}: {sentence}")
    found = run(orders, student.mended_shuffle)
    for key, sentence in ORDERS.items():
        demand(found[key], f"`mended_shuffle`: {sentence}")
    below = -torch.rand(4, 4, generator=rng)
    for x in (long[:1, None].float(), below, below.half()):
        due = {"shape": list(x.shape), "dtype": str(x.dtype), "require gradients": False}
        due["pairs"] = sorted([*sample, label] for label, sample in enumerate(x.tolist()))
        found = run(dealt, student.mended_shuffle, x, torch.arange(len(x)))
        same(found, due, f"`mended_shuffle` for {count(len(x), 'sample')}, put in order again")
    untouched(student.mended_shuffle, shuffling)


def test_average(student, reference, same, run, untouched, rng):
    """`mended_average` steps with each loss alone, and its curve follows the losses slowly."""
    x, t = torch.randn(2, 7, 3, generator=rng, dtype=torch.float64)
    weights = drawn(rng, 3, 4, 3)
    deep = x.reshape(1, 7, 3).expand(2, 7, 3), t.expand(2, 7, 3), 2
    few = (x[:1], t[:1], 2), (x[:3].abs(), t[:3].abs(), 2), deep
    for given in ((x, t, 8), (x, t, 1), (sliced(x), sliced(t), 3), (expanded(x), t, 2), *few):
        due = trained(reference.mended_average, weights, *given)
        got = run(probe(uses=[small_net])(trained), student.mended_average, weights, *given)
        same(got, due, f"`mended_average` after {count(given[2], 'epoch')}", tolerance=ROUNDING, parts=PARTS)
    one = drawn(rng, 1, 4, 1), x[:1, :1], t[:1, :1], 2
    best = [*weights[:2], *(0 * w for w in weights[2:])], x, 0 * t, 4
    for what, given in {"with a single number": one, "where the loss is 0 from the start": best}.items():
        got = run(probe(uses=[small_net])(trained), student.mended_average, *given)
        due = trained(reference.mended_average, *given)
        same(got, due, f"`mended_average` {what}", tolerance=ROUNDING, parts=PARTS)
    what = "How many numbers `mended_average` gives for 8 epochs, the last of which have a loss of NaN"
    same(run(diverging, student.mended_average, x, t[:, :1]), 8, what)
    untouched(student.mended_average, trainings, x, t[:, :1], but=["random numbers"])


def test_scale(student, reference, agree, rng):
    """`mended_scale` treats both sets with the mean and the spread of the training set."""

    def tables(n, m, columns, dtype=torch.float32):
        scale, shift = 1 + torch.rand(columns, generator=rng), 5 * torch.randn(columns, generator=rng)
        sets = [torch.randn(rows, columns, generator=rng) * scale + shift for rows in (n, m)]
        return sets[0].to(dtype), (2 * sets[1] + 1).to(dtype)

    cases = {
        "sets that differ": tables(20, 7, 3, torch.float64),
        "a single row to validate": tables(9, 1, 2),
        "one column": tables(6, 4, 1),
        "a single number to validate": tables(6, 1, 1),
        "as many rows as columns": tables(3, 3, 3),
    }
    agree(
        student.mended_scale,
        reference.mended_scale,
        cases,
        parts="training set, validation set",
        dtypes=[torch.float32],
    )
