import torch

from grader import mistake


@mistake("MG260", "Sees the peaks of the past", hint="A peak stays on record until it is reset: do that before the call.")
def peak_memory(fn, device):
    before = torch.cuda.memory_allocated(device)
    fn()
    return torch.cuda.max_memory_allocated(device) - before


@mistake("MG261", "Counts what was there before", hint="Subtract what was occupied when the call began.")
def peak_memory(fn, device):
    torch.cuda.reset_peak_memory_stats(device)
    fn()
    return torch.cuda.max_memory_allocated(device)


@mistake("MG262", "Measures what is left instead of the peak", hint="What was freed again had its place, too: `max_memory_allocated`.")
def peak_memory(fn, device):
    before = torch.cuda.memory_allocated(device)
    result = fn()
    return torch.cuda.memory_allocated(device) - before


@mistake("MG263", "Looks at the current card", hint="The device is an argument of all three functions.")
def peak_memory(fn, device):
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    fn()
    return torch.cuda.max_memory_allocated() - before


@mistake("MG264", "Calls the function twice", hint="One call is enough, and it may have effects.")
def peak_memory(fn, device):
    fn()
    torch.cuda.reset_peak_memory_stats(device)
    before = torch.cuda.memory_allocated(device)
    fn()
    return torch.cuda.max_memory_allocated(device) - before


@mistake("MG265", "Measures with the second call's result in hand", hint="Call the function before you ask for the peak.")
def peak_memory(fn, device):
    torch.cuda.reset_peak_memory_stats(device)
    before = torch.cuda.max_memory_allocated(device)
    peak = torch.cuda.max_memory_allocated(device)
    fn()
    return peak - before


@mistake("MG526", "Chooses the card for the whole program", hint="`set_device` outlives your function. The three functions take the device.")
def peak_memory(fn, device):
    torch.cuda.set_device(device)
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    fn()
    return torch.cuda.max_memory_allocated() - before
