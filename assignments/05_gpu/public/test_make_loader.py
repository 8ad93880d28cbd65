import torch

from grader import probe


@probe
def settings(make_loader, device):
    data = torch.utils.data.TensorDataset(torch.arange(10))
    loader = make_loader(data, 4, device)
    return {"batch size": loader.batch_size, "pinned": loader.pin_memory, "workers": loader.num_workers}


def test_settings(student, same, run):
    """Pinned memory for a card, and not for the CPU."""
    for device, pinned in (("cuda", True), ("cpu", False)):
        due = {"batch size": 4, "pinned": pinned, "workers": 0}
        same(run(settings, student.make_loader, device), due, f"A loader for {device}")


@probe
def fed(feed):
    return list(feed([(torch.tensor([1.0]), torch.tensor([2]))], "cuda"))


def test_feed(student, same, run):
    """One batch, moved to a card."""
    same(run(fed, student.feed), [[torch.tensor([1.0]).to("cuda"), torch.tensor([2]).to("cuda")]], "The batches")
