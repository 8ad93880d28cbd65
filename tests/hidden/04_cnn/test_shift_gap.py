import torch

from grader import probe


def gaps(shift_gap, weight, image, shifts):
    model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(weight.shape[1], len(weight)))
    with torch.no_grad():
        model[1].weight.copy_(weight)
        model[1].bias.fill_(5.0)
    return [shift_gap(model, image, dy, dx) for dy, dx in shifts]


def test_gaps(student, reference, same, run, rng):
    """The largest absolute difference of a score, for shifts in all directions, also around the border."""
    for size in ((1, 4, 5), (3, 6, 2)):
        image = torch.rand(size, generator=rng)
        weight = torch.randn(3, image.numel(), generator=rng)
        arguments = (weight, image, [(0, 1), (1, 0), (-2, 1), (3, -4), (2, 2), (0, 0)])
        due = gaps(reference.shift_gap, *arguments)
        same(run(probe(gaps), student.shift_gap, *arguments), due, f"For a picture of shape {size}", parts="shift")


@probe
def untouched(shift_gap, image):
    kept = image.clone()
    gap = shift_gap(lambda x: x.flatten(1), image, 1, 1)
    return {"picture as before": torch.equal(kept, image), "some gap": gap > 0}


def test_picture_stays(student, same, run, rng):
    """The picture stays as it is."""
    found = run(untouched, student.shift_gap, torch.rand(1, 4, 4, generator=rng))
    same(found, {"picture as before": True, "some gap": True}, "Afterwards", about="arguments")
