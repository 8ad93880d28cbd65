import torch

from grader import probe


@probe
def asked(make, x, y):
    calls = []

    def transform(picture):
        calls.append(1)
        return picture + len(calls)

    dataset = make(x, y, transform)
    made = len(calls)
    given = [dataset[0][0], dataset[0][0]]
    try:
        dataset[len(x)]
    except IndexError:
        return made, given, "IndexError"
    return made, given, "nothing"


def test_three_samples(student, same):
    """Three pictures and labels: `len` is 3, and sample 1 is the second picture with its label."""
    x = torch.arange(6.0).reshape(3, 2)
    dataset = student.PairDataset(x, torch.tensor([5, 7, 9]))
    same(len(dataset), 3, "len(dataset)")
    same(dataset[1], (torch.tensor([2.0, 3.0]), 7), "dataset[1]")


def test_a_transform_and_the_end(student, same, expect, run):
    """A transform is called each time that a sample is asked for, and not before; past the end is an IndexError."""
    found = run(asked, student.PairDataset, torch.zeros(3, 1), torch.tensor([5, 7, 9]))
    made, given, raised = expect(found, (tuple, list))
    same(made, 0, "How often the transform was called when the dataset was made")
    same(given, [torch.ones(1), torch.full((1,), 2.0)], "Sample 0 with a transform that adds how often it was called")
    same(raised, "IndexError", "What dataset[3] raises")
