import torch

from grader import alternative


@alternative("with the card made the current one")
def peak_memory(fn, device):
    before = torch.cuda.memory_allocated(device)
    torch.cuda.reset_peak_memory_stats(device)
    result = fn()
    torch.cuda.synchronize(device)
    peak = torch.cuda.max_memory_allocated(device)
    del result
    return peak - before


@alternative("by way of memory_stats")
def peak_memory(fn, device):
    torch.cuda.reset_peak_memory_stats(device)
    start = torch.cuda.max_memory_allocated(device)
    fn()
    return torch.cuda.max_memory_allocated(device) - start


@alternative("the card as the current one for a moment")
def peak_memory(fn, device):
    with torch.cuda.device(device):
        torch.cuda.reset_peak_memory_stats()
        occupied = torch.cuda.memory_allocated()
    fn()
    with torch.cuda.device(device):
        return torch.cuda.max_memory_allocated() - occupied
