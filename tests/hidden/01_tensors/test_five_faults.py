import torch

from grader import probe


def pictures(rng, *shape):
    return torch.randint(0, 256, shape, generator=rng, dtype=torch.uint8)


def test_mix(student, reference, agree, rng):
    """The mean of two bright pixels is bright, and rounded down."""
    cases = [(pictures(rng, 4, 5), pictures(rng, 4, 5)), (pictures(rng, 3, 2, 6), pictures(rng, 3, 2, 6))]
    bright = torch.tensor([255, 254, 255], dtype=torch.uint8)
    ways = {"shapes": "any", "layouts": ["sliced", "expanded"], "single": [0, -1], "empty": [0]}
    agree(student.mix, reference.mix, [*cases, (bright, bright.flip(0))], **ways)


def test_squared_error(student, reference, agree, rng):
    """Each score is compared with its own target, and with no other."""
    cases = [(torch.randn(n, 1, generator=rng), torch.randn(n, generator=rng)) for n in (6, 1, 9, 3)]
    agree(student.squared_error, reference.squared_error, cases, dtypes="floating", layouts=["sliced", "expanded"])


@probe
def changed(f, rows):
    sums = f(rows)
    due = [rows.clone(), *(t.clone() for t in sums)]
    with torch.inference_mode():  # which may write into what was made in it, and into anything else
        for t in sums:
            t += 1
    return {
        "rows": torch.equal(rows, due[0]),
        "sums": all(torch.equal(t, old + 1) for t, old in zip(sums, due[1:], strict=True)),
    }


def test_running_sums(student, reference, agree, demand, run, rng):
    """Each sum ends where its row ends, and is a tensor of its own; the rows stay."""
    cases = [(torch.randn(n, c, generator=rng),) for n, c in ((4, 3), (1, 5), (3, 3), (6, 1), (1, 1))]
    ways = {"dtypes": "floating", "layouts": ["sliced", "expanded"], "single": [0, 1]}
    agree(student.running_sums, reference.running_sums, cases, parts="sum", **ways)
    for n in (4, 1):
        kept = run(changed, student.running_sums, torch.rand(n, 3, generator=rng))
        demand(kept["sums"], "Writing into one of the sums changes others as well.")
        demand(kept["rows"], "Writing into the sums changes the rows that they were made of.")


def test_channels_as_rows(student, reference, agree, rng):
    """Each row holds one channel, in reading order."""
    shapes = ((4, 6, 3), (5, 5, 2), (3, 4, 4), (3, 3, 3), (1, 7, 2), (6, 1, 1))
    cases = [(torch.randn(shape, generator=rng),) for shape in shapes]
    ways = {"dtypes": "any", "layouts": ["sliced", "expanded"], "single": [0, 1, 2]}
    agree(student.channels_as_rows, reference.channels_as_rows, cases, **ways)


def test_share_of_largest(student, reference, agree, rng):
    """Each row has a largest number of its own, in square tables, too."""
    cases = [(torch.rand(shape, generator=rng) + 0.5,) for shape in ((4, 3), (3, 3), (1, 4), (5, 1), (2, 6), (1, 1))]
    ways = {"dtypes": "floating", "layouts": ["sliced", "expanded"], "single": [0, 1]}
    agree(student.share_of_largest, reference.share_of_largest, cases, **ways)
    scales = torch.tensor([[1e-20], [1e-9], [1e9]])
    cases = [((torch.rand(3, n, generator=rng) + 0.5) * scales,) for n in (4, 2)]
    agree(
        student.share_of_largest,
        reference.share_of_largest,
        {"rows of tiny and of large numbers": cases[0], "in pairs": cases[1]},
    )
