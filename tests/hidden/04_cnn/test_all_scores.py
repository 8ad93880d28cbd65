import torch

from grader import probe
from grader.asking.words import count


@probe
def gathered(all_scores, x, y, size, shuffle):
    class Batches(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.gain = torch.nn.Parameter(torch.tensor(2.0))

        def forward(self, x):
            return self.gain * x.flatten(1)

    data = torch.utils.data.TensorDataset(x, y)
    loader = torch.utils.data.DataLoader(data, size, shuffle, generator=torch.Generator().manual_seed(3))
    scores, labels = all_scores(Batches(), loader)
    if shuffle:  # a label is the number of its sample: with it, the order can be undone
        order = labels.argsort()
        scores, labels = scores[order], labels[order]
    return {"scores": scores.detach(), "labels": labels, "requires_grad": scores.requires_grad}


def test_all_in_order(student, same, run, rng):
    """One row of scores for each sample, and their labels, however large the batches are."""
    for n, size in ((6, 3), (7, 3), (5, 9), (3, 1)):
        x, y = torch.randn(n, 1, 2, 2, generator=rng), torch.randint(0, 4, (n,), generator=rng)
        due = {"scores": 2 * x.flatten(1), "labels": y, "requires_grad": False}
        same(run(gathered, student.all_scores, x, y, size, False), due, f"{count(n, 'sample')} in batches of {size}")


def test_shuffled(student, same, run, rng):
    """With a loader that shuffles, scores and labels still belong together."""
    x, y = torch.randn(9, 1, 2, 2, generator=rng), torch.arange(9)
    due = {"scores": 2 * x.flatten(1), "labels": y, "requires_grad": False}
    same(run(gathered, student.all_scores, x, y, 4, True), due, "Shuffled, and then sorted by label")


@probe
def watched(all_scores, x, y):
    seen = []
    model = torch.nn.Linear(4, 3)
    model.register_forward_hook(lambda part, given, result: seen.append(part.training))
    passes = []

    class Counted(torch.utils.data.DataLoader):
        def __iter__(self):
            passes.append(1)
            return super().__iter__()

    all_scores(model, Counted(torch.utils.data.TensorDataset(x, y), batch_size=4))
    found = {"calls": seen[:], "passes": len(passes), "hooks": len(model._forward_hooks)}
    with torch.no_grad():
        scores, _ = all_scores(
            model, torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), 4, drop_last=True)
        )
        return {
            **found,
            "recording after a call under `no_grad`": torch.is_grad_enabled(),
            "rows where the loader drops the last batch": len(scores),
        }


@probe
def calls(all_scores, x, y):
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4)
    return [(all_scores, torch.nn.Linear(4, 3).eval(), loader)]


def test_evaluation(student, same, run, untouched, rng):
    """The model is asked once for each batch, in evaluation mode; the loader is gone through once."""
    x, y = torch.rand(10, 4, generator=rng), torch.zeros(10, dtype=torch.int64)
    same(
        run(watched, student.all_scores, x, y),
        {
            "calls": [False] * 3,
            "passes": 1,
            "hooks": 1,
            "recording after a call under `no_grad`": False,
            "rows where the loader drops the last batch": 8,
        },
        "While the model is asked",
        parts={"calls": "batch: training mode"},
    )
    # to go through a DataLoader draws a seed for its workers
    untouched(student.all_scores, calls, x, y, but=["random numbers"])
