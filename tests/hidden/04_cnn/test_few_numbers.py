import numpy as np
import torch

from grader import probe

LEAST, MOST = 70, 500  # percent, numbers


def from_plan(plan):
    """The network of a plan, as the notebook has it."""
    parts, channels, side = [], 1, 8
    for filters, size, pool in plan:
        conv = torch.nn.Conv2d(channels, filters, size, padding=size // 2)
        parts += [conv, torch.nn.ReLU(), torch.nn.MaxPool2d(pool)]
        channels, side = filters, side // pool
    return torch.nn.Sequential(*parts, torch.nn.Flatten(), torch.nn.Linear(channels * side * side, 10))


def planned(answer, expect, demand):
    """The plan of an answer, once it has the right form."""
    plan = expect(answer, (list, tuple), "The plan")
    demand(len(plan) <= 4, f"A plan has at most four convolutions, and this one has {len(plan)}.")
    left = 8
    for layer in plan:
        demand(len(expect(layer, (list, tuple), "A layer of the plan")) == 3, "A layer of the plan is three numbers.")
        for number in layer:
            demand(not isinstance(expect(number, int, "A number of the plan"), bool), "A number of the plan is a bool.")
        filters, size, pool = layer
        demand(1 <= filters <= MOST, f"A convolution cannot have {filters} filters.")
        demand(size in (1, 3, 5, 7), f"Filters have the size 1, 3, 5 or 7, not {size}.")
        demand(pool in (1, 2, 4), f"A pool is 1, 2 or 4, not {pool}.")
        left //= pool
    demand(left >= 1, "Nothing is left of the picture: the pools multiplied are more than 8.")
    return [tuple(layer) for layer in plan]


def numbers_of(plan):
    """How many numbers the network of a plan has."""
    with torch.device("meta"):
        return sum(p.numel() for p in from_plan(plan).parameters())


def loaded(plan, weights, expect, demand):
    """The network of a plan, with these weights."""
    net = from_plan(plan)
    for name, own in net.state_dict().items():
        demand(name in weights, f"The weights lack `{name}`: they are those of another network.")
        value = expect(weights[name], torch.Tensor, f"`{name}`")
        demand(value.shape == own.shape, f"The shape of `{name}` must be {tuple(own.shape)}, not {tuple(value.shape)}.")
        demand(value.is_floating_point() and bool(value.isfinite().all()), f"`{name}` must be finite numbers.")
    demand(len(weights) == len(net.state_dict()), "There are weights that the network of this plan does not have.")
    net.load_state_dict(dict(weights))
    return net


def test_reads_digits(student, expect, demand, draw, rng):
    """With 500 numbers or fewer it reads 70 % or more of 500 digits that it has not seen."""
    stored, order = np.load("data/digits.npz"), torch.randperm(1797, generator=rng)
    images = torch.from_numpy(stored["images"])[order].float()[:, None] / 16
    labels = torch.from_numpy(stored["labels"]).long()[order]
    images = images.rot90(int(torch.randint(1, 4, (1,), generator=rng)), (2, 3))
    images = images.mT.contiguous().mT  # the numbers of each column follow each other in memory
    answer = expect(student.few_numbers(images[:1297].clone(), labels[:1297].clone()), (tuple, list))
    demand(len(answer) == 2, f"`few_numbers` must return a plan and weights, and returned {len(answer)} values.")
    plan = planned(answer[0], expect, demand)
    numbers = numbers_of(plan)
    demand(numbers <= MOST, f"The network of this plan has {numbers} numbers, and {MOST} are allowed.")
    net = loaded(plan, expect(answer[1], dict, "What stands for the weights"), expect, demand)
    with torch.no_grad():
        right = 100 * (net(images[1297:]).argmax(dim=1) == labels[1297:]).double().mean().item()
    draw.quest("Percent of 500 unseen digits that are read right with 500 numbers", right, student)
    demand(right >= LEAST, f"It reads {right:.1f} % of them, and {LEAST} are due.")


@probe
def training(f, images, labels):
    return [(f, images, labels)]


def test_leaves_nothing_behind(student, untouched):
    """It leaves no file and no setting of PyTorch's behind, and the digits as they were."""
    stored = np.load("data/digits.npz")
    images, labels = torch.from_numpy(stored["images"]), torch.from_numpy(stored["labels"])
    small = images[:1000, None].float() / 16, labels[:1000].long()
    untouched(student.few_numbers, training, *small, but=["random numbers"])
