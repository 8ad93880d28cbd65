import torch
from torch.utils.data import DataLoader, RandomSampler

from grader import alternative


@alternative("a sampler and options in a dict")
def make_loader(dataset, batch_size, device, workers=0):
    options = {"num_workers": workers, "pin_memory": str(device).startswith("cuda")}
    if workers:
        options["persistent_workers"] = True
    return DataLoader(dataset, batch_size, sampler=RandomSampler(dataset), **options)


@alternative("an expression")
def feed(loader, device):
    return ([t.to(device=device, non_blocking=True) for t in batch] for batch in loader)


@alternative("copies into empty tensors")
def feed(loader, device):
    for batch in loader:
        moved = []
        for t in batch:
            there = torch.empty_like(t, device=device)
            moved.append(there.copy_(t, non_blocking=True) if there.is_cuda else t)
        yield moved
