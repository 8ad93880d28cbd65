import torch

from grader import probe
from grader.asking.variations import expanded, recast, sliced


def data(rng, n):
    return torch.rand(n, 1, 2, 3, generator=rng), torch.randint(0, 10, (n,), generator=rng)


@probe
def samples(dataset_class, x, y):
    dataset = dataset_class(x, y)
    return [len(dataset), [dataset[i] for i in range(len(y))]]


@probe
def sampling(dataset_class, x, y):
    dataset = dataset_class(x, y)
    return [(lambda x, y: dataset[1], x, y)]


def test_samples(student, same, run, untouched, rng):
    """`len` is the number of samples; each sample is its picture and its label as a Python int."""
    x, y = data(rng, 5)
    kinds = (torch.float64, torch.float16, torch.int64, torch.int32, torch.bool)
    for pictures, labels in (
        (x, y),
        *((recast(x - 0.5, kind), y) for kind in kinds),
        (sliced(x), sliced(y)),
        (expanded(x), expanded(y)),
        (x[:1], y[:1]),
        (x[:, 0, 0, :1], y),
        (x[:, 0, 0, 0], y),
        (torch.rand(2, 2, 4, 4), y[:2]),
        ((10 * x[:3]).to(torch.uint8), y[:3]),
        (x.transpose(0, 3), torch.tensor([4, 0, 2])),
    ):
        same(
            run(samples, student.PairDataset, pictures, labels),
            [len(labels), list(zip(pictures, labels.tolist(), strict=True))],
            "Length and samples",
            parts={"length": None, "samples": "sample: picture, label"},
        )
    untouched(student.PairDataset, sampling, x, y)


@probe
def loop_over(dataset_class, x, y):
    seen = 0
    for _ in dataset_class(x, y):
        seen += 1
        if seen == 50:
            break
    return seen


def test_loop_ends(student, same, run, rng):
    """A `for` loop over the dataset sees every sample once and ends."""
    same(run(loop_over, student.PairDataset, *data(rng, 4)), 4, "Samples seen by a loop over 4 (stopped at 50)")


@probe
def transformed(dataset_class, x, y):
    calls = []

    def transform(picture):
        calls.append(list(picture.shape))
        return (picture / 4 + 10 * len(calls)).flatten()

    plain, dataset = dataset_class(x, y), dataset_class(x, y, transform)
    made = len(calls)
    return {
        "calls when it is made": made,
        "first time": list(dataset[2]),
        "second time": list(dataset[2]),
        "shapes it was given": list(calls),
        "from a dataset without transform": list(plain[2]),
    }


def test_transform(student, same, run, rng):
    """The transform is applied to the picture, each time that the sample is asked for."""
    x, y = torch.randint(0, 256, (4, 1, 2, 3), generator=rng, dtype=torch.uint8), data(rng, 4)[1]
    label, quarter = int(y[2]), (x[2] / 4).flatten()
    due = {
        "calls when it is made": 0,
        "first time": [quarter + 10, label],
        "second time": [quarter + 20, label],
        "shapes it was given": [[1, 2, 3], [1, 2, 3]],
        "from a dataset without transform": [x[2], label],
    }
    same(
        run(transformed, student.PairDataset, x, y),
        due,
        "With a transform that divides by 4, adds 10 the first time and 20 the second, and makes a vector",
        parts=dict.fromkeys(("first time", "second time", "from a dataset without transform"), "picture, label"),
    )


@probe
def made_of(dataset_class, x, y):
    try:
        dataset_class(x, y)
    except Exception as error:
        if str(error) == "PairDataset":  # the handout's own: nothing is written yet
            raise
        return type(error).__name__
    return "no exception"


def test_lengths_must_agree(student, same, run, rng):
    """Pictures and labels of different number raise ValueError."""
    x, y = data(rng, 4)
    same(run(made_of, student.PairDataset, x, y[:3]), "ValueError", "What 4 pictures with 3 labels raise")
    same(run(made_of, student.PairDataset, x[:3], y), "ValueError", "What 3 pictures with 4 labels raise")


@probe
def batches(dataset_class, x, y):
    from torch.utils.data import DataLoader

    return [list(batch) for batch in DataLoader(dataset_class(x, y), batch_size=2)]


def test_in_a_loader(student, same, run, rng):
    """A DataLoader makes batches of it."""
    x, y = data(rng, 3)
    same(
        run(batches, student.PairDataset, x, y),
        [[x[:2], y[:2]], [x[2:], y[2:]]],
        "The batches of two",
        parts="batch: pictures, labels",
    )
