import torch

from grader import probe


def pairs(rng, labels):
    return [(torch.randn(1, 2, 2, generator=rng), label) for label in labels]


def test_new_labels(student, reference, agree, rng):
    """Kept samples come in their order, labelled by the place of their class in `keep`."""
    dataset = pairs(rng, (3, 0, 2, 1, 2, 3, 0, 2, 1))
    cases = {
        "[0, 2]": (dataset, [0, 2]),
        "[2, 0]": (dataset, [2, 0]),
        "[3]": (dataset, [3]),
        "[1], pictures of a single number": ([(torch.rand((), generator=rng), i % 2) for i in range(4)], [1]),
        "[0], rows in one memory": ([(torch.rand(1, 2, generator=rng).expand(3, 2), i % 2) for i in range(4)], [0]),
        "[1, 0], columns": ([(torch.rand(3, 1, generator=rng), i % 2) for i in range(4)], [1, 0]),
        "[3, 1, 2]": (dataset, [3, 1, 2]),
    }
    agree(
        student.subset_relabel,
        reference.subset_relabel,
        cases,
        parts="sample: picture, label",
        dtypes="any",
        layouts=["sliced", "expanded"],
    )


@probe
def from_a_dataset(f, samples, keep):
    class Samples(torch.utils.data.Dataset):
        def __len__(self):
            return len(samples)

        def __getitem__(self, i):
            if not isinstance(i, int):
                raise TypeError("samples are asked for one by one")
            return samples[i]

    return f(Samples(), keep)


def test_any_dataset(student, reference, same, run, rng):
    """Any dataset will do, one that gives its samples by number alone among them."""
    dataset = pairs(rng, (1, 0, 4, 4, 1))
    due = reference.subset_relabel(dataset, [4, 1])
    same(
        run(from_a_dataset, student.subset_relabel, dataset, [4, 1]),
        due,
        "For a dataset of five, keep [4, 1]",
        parts="sample: picture, label",
    )
