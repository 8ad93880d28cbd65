import torch

from grader import probe
from grader.asking.variations import sliced


@probe
def moved(augment, images, most, seed):
    return augment(images, most, torch.Generator().manual_seed(seed))


def outcomes(picture, most):
    """All that may become of a picture, by (mirrored, down, right)."""
    c, h, w = picture.shape
    found = {}
    for mirrored in (False, True):
        wide = torch.zeros(c, h + 2 * most, w + 2 * most)
        wide[:, most : most + h, most : most + w] = picture.flip(-1) if mirrored else picture
        for dy in range(-most, most + 1):
            for dx in range(-most, most + 1):
                found[mirrored, dy, dx] = wide[:, most - dy : most - dy + h, most - dx : most - dx + w]
    return found


def which(got, picture, most):
    """What has become of a picture, or None."""
    known = outcomes(picture, most).items()
    return next((key for key, due in known if got.shape == due.shape and torch.equal(got, due)), None)


def test_mirrored_and_moved(student, expect, demand, run, rng):
    """Each picture is its own, perhaps mirrored, moved by at most so much, with zeros coming in."""
    for n, c, most, lie in (
        (12, 3, 2, "densely"),
        (1, 1, 1, "densely"),
        (6, 2, 0, "apart"),
        (9, 1, 3, "apart"),
        (4, 1, 2, "in one"),
    ):
        images = torch.rand(n, c, 5, 6, generator=rng) + 0.1
        images[::2] *= -1
        if lie == "in one":
            images = images[:1].expand(images.shape)
        elif lie == "apart":
            images = sliced(images)
        got = expect(run(moved, student.augment, images, most, 3), torch.Tensor)
        demand(got.shape == images.shape, f"The shape is {tuple(got.shape)}.")
        known = [which(one, picture, most) for one, picture in zip(got, images, strict=True)]
        demand(None not in known, f"With most = {most}, a picture came out that is not its own, mirrored and moved.")


def test_all_equally_likely(student, expect, demand, run, rng):
    """Each picture has its own luck: of many, half are mirrored, and all moves occur equally often."""
    picture = torch.rand(1, 4, 5, generator=rng) + 0.1
    found = [
        expect(run(moved, student.augment, picture.repeat(90, 1, 1, 1), 1, 5 + i), torch.Tensor) for i in range(10)
    ]
    batches = [[key for one in got if (key := which(one, picture, 1)) is not None] for got in found]
    own = all(len(batch) == 90 for batch in batches)
    demand(own, "With most = 1, a picture came out that is not its own, mirrored and moved.")
    kinds = [{key[0] for key in batch} for batch in batches]
    demand(
        max(map(len, kinds)) > 1 or len(set.union(*kinds)) < 2,
        "In some batches all pictures are mirrored, in the others none.",
    )
    demand(any(len({key[1:] for key in batch}) > 1 for batch in batches), "All pictures of a batch are moved alike.")
    known = [key for batch in batches for key in batch]
    each = {sum(key[0] for key in batch) for batch in batches}
    demand(len(each) > 1, "The same number of pictures is mirrored in every batch; each has its own luck.")
    still = expect(run(moved, student.augment, picture.repeat(40, 1, 1, 1), 0, 4), torch.Tensor)
    turned = sum(torch.equal(one, picture.flip(-1)) for one in still)
    demand(5 < turned < 35, f"With most = 0, {turned} of 40 pictures are mirrored.")
    # half of 900, known to 15; six times that is allowed
    mirrored = sum(key[0] for key in known)
    demand(abs(mirrored - 450) < 90, f"{mirrored} of 900 pictures are mirrored.")
    # each of the three moves is expected 300 times, give or take 14
    for axis, ways in (
        (1, ("up by 1", "neither up nor down", "down by 1")),
        (2, ("to the left by 1", "neither to the left nor to the right", "to the right by 1")),
    ):
        for by, way in zip((-1, 0, 1), ways, strict=True):
            often = sum(key[axis] == by for key in known)
            demand(often > 200, f"With most = 1, {often} of 900 pictures are moved {way}; about a third is due.")
    demand(any(abs(key[1]) != abs(key[2]) for key in known), "Rows and columns always move by the same.")
    counts = torch.tensor([known.count(key) for key in outcomes(picture, 1)])
    # each of the 18 is expected 50 times, give or take 7; six times that is allowed
    demand(counts.min().item() >= 8, "Some of the 18 possible outcomes hardly ever occur.")
    demand(counts.max().item() <= 92, "Some of the 18 possible outcomes occur far too often.")


@probe
def twice(augment, images):
    found = []
    for common in (1, 2):
        torch.manual_seed(common)
        before = torch.get_rng_state()
        found.append(augment(images.clone(), 2, torch.Generator().manual_seed(9)))
        found.append(torch.equal(before, torch.get_rng_state()))
    generator = torch.Generator().manual_seed(9)
    one, other = (augment(images.clone(), 2, generator) for _ in range(2))
    return {
        "equal with the same seed": torch.equal(found[0], found[2]),
        "PyTorch's own generator untouched": found[1] and found[3],
        "equal in a second call": torch.equal(one, other),
    }


def test_generator(student, same, run, rng):
    """All luck comes from the generator: the same seed gives the same pictures, a second call others."""
    found = run(twice, student.augment, torch.rand(20, 1, 5, 5, generator=rng))
    due = {
        "equal with the same seed": True,
        "PyTorch's own generator untouched": True,
        "equal in a second call": False,
    }
    same(found, due, "The pictures", about="random numbers")


@probe
def kept(augment, images):
    before = images.clone()
    result = augment(images, 1, torch.Generator().manual_seed(2))
    narrow = augment(images[..., :1], 0, torch.Generator().manual_seed(2))
    plain = not result.requires_grad
    same_type = result.dtype == images.dtype and augment(images.half(), 1, torch.Generator()).dtype == torch.float16
    return list(result.shape), same_type, torch.equal(before, images), narrow.shape == images[..., :1].shape, plain


@probe
def calls(augment, images):
    return [(augment, images, 1, torch.Generator().manual_seed(1))]


def test_pictures_stay(student, same, run, untouched, rng):
    """The pictures that were given stay as they are; the result has their dtype."""
    found = run(kept, student.augment, torch.rand(8, 1, 4, 4, generator=rng).double())
    same(
        found,
        ([8, 1, 4, 4], True, True, True, True),
        "After a call",
        parts="shape of the result, dtype of the pictures, pictures as they were, shape for pictures one pixel wide, "
        "without a graph",
        about="arguments",
    )
    untouched(student.augment, calls, torch.rand(3, 1, 4, 4, generator=rng))
