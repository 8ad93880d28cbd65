import torch

from grader import probe
from grader.asking.through import through
from grader.asking.tolerances import Tolerance

# scores of about 10 in float32, asked for in one batch or in two
APART = Tolerance(1e-5, 1e-5)


def gaps(shift_gap, weight, image, shifts):
    class Louder(torch.nn.Module):
        def forward(self, x):
            return 2 * x if self.training else x

    model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(weight.shape[1], len(weight)), Louder())
    with torch.no_grad():
        model[1].weight.copy_(weight)
        model[1].bias.fill_(5.0)
    pictures = [image, *(image.clone() for _ in shifts[1:])]  # the first one as it lies in memory
    ways = zip(pictures, shifts, [True, False] * len(shifts), strict=False)
    return [shift_gap(model.train(training), picture, dy, dx) for picture, (dy, dx), training in ways]


def test_gaps(student, reference, agree, rng):
    """The largest absolute difference of a score in the mode in which the model is, for shifts in all directions."""
    shifts = [(0, 1), (1, 0), (-2, 1), (3, -4), (2, 2), (0, 0)]
    agree(
        through(gaps, student.shift_gap),
        through(gaps, reference.shift_gap),
        {
            f"a picture of shape {size}": (torch.randn(3, 20 if size[0] == 1 else 36, generator=rng), image, shifts)
            for size in ((1, 4, 5), (3, 6, 2))
            for image in [torch.randn(size, generator=rng)]
        },
        parts="shift",
        tolerance=APART,
    )


@probe
def asked(shift_gap, image):
    kept = image.clone()
    gap = shift_gap(lambda x: x.flatten(1), image, 1, 1)
    return {"the picture is as it was": torch.equal(kept, image), "the scores differ": gap > 0}


@probe
def calls(shift_gap, image):
    def net():
        return torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(16, 3))

    graph = image.clone().requires_grad_() * 1  # no leaf: what changes it in place is told so, and does not raise
    return [(shift_gap, net(), image, 1, 1), (shift_gap, net().eval(), graph, 1, 0)]


def test_picture_stays(student, same, run, untouched, rng):
    """Picture and model stay as they are."""
    found = run(asked, student.shift_gap, torch.rand(1, 4, 4, generator=rng))
    due = {"the picture is as it was": True, "the scores differ": True}
    same(found, due, "After a shift of a picture by one row and one column", about="arguments")
    untouched(student.shift_gap, calls, torch.rand(1, 4, 4, generator=rng))
