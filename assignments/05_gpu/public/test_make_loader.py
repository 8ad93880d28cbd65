import torch

from grader import probe


@probe
def settings(make_loader, device):
    data = torch.utils.data.TensorDataset(torch.arange(10))
    loader = make_loader(data, 4, device)
    return {
        "batch size": loader.batch_size,
        "batches": len(loader),
        "pinned": loader.pin_memory,
        "workers": loader.num_workers,
    }


def test_settings(student, same, run):
    """Ten samples make three batches; pinned memory for every card, and not for the CPU."""
    for device, pinned in (("cuda", True), ("cuda:1", True), ("cpu", False)):
        due = {"batch size": 4, "batches": 3, "pinned": pinned, "workers": 0}
        same(run(settings, student.make_loader, device), due, f"A loader for {device}")


@probe
def fed(feed):
    return list(feed([(torch.tensor([1.0]), torch.tensor([2]))], "cuda"))


def test_feed(student, same, run):
    """One batch, moved to a card."""
    same(
        run(fed, student.feed),
        [[torch.tensor([1.0]).to("cuda"), torch.tensor([2]).to("cuda")]],
        "The batches",
        parts="batch: tensor",
    )


@probe
def taken(feed):
    seen = []

    def loader():
        for number in range(3):
            seen.append(number)
            yield [torch.tensor([number])]

    next(iter(feed(loader(), "cpu")))
    return len(seen)


def test_when_asked(student, same, run):
    """Of three batches only the first is taken while nobody has asked for the second."""
    same(run(taken, student.feed), 1, "Batches taken when one was asked for")
