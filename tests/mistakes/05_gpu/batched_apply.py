import math

import torch

from grader import mistake


@mistake("MG206", "Sends everything at once", hint="All samples together do not fit. Split first, then move a batch at a time.")
def batched_apply(fn, x, batch_size, device):
    with torch.no_grad():
        return torch.cat([fn(part).cpu() for part in x.to(device).split(batch_size)])


@mistake("MG207", "Collects the results on the card", hint="The results of all samples together do not fit either. Bring each one home.")
def batched_apply(fn, x, batch_size, device):
    with torch.no_grad():
        return torch.cat([fn(part.to(device)) for part in x.split(batch_size)]).cpu()


@mistake("MG208", "Builds a graph", hint="Nobody will call `backward` here: `torch.no_grad()`.")
def batched_apply(fn, x, batch_size, device):
    return torch.cat([fn(part.to(device)).detach().cpu() for part in x.split(batch_size)])


@mistake("MG209", "Drops the last batch if it is smaller", hint="Every sample needs a result.")
def batched_apply(fn, x, batch_size, device):
    with torch.no_grad():
        full = range(0, len(x) - len(x) % batch_size, batch_size)
        return torch.cat([fn(x[i : i + batch_size].to(device)).cpu() for i in full])


@mistake("MG210", "Goes sample by sample", hint="A card is bored by a single sample. Use the batch size.")
def batched_apply(fn, x, batch_size, device):
    with torch.no_grad():
        return torch.cat([fn(x[i : i + 1].to(device)).cpu() for i in range(len(x))])


@mistake("MG211", "Stacks the batches", hint="`stack` makes a new axis; `cat` puts batches one after the other.")
def batched_apply(fn, x, batch_size, device):
    with torch.no_grad():
        return torch.stack([fn(part.to(device)).cpu() for part in x.split(batch_size)])


@mistake("MG212", "Takes the batch size for a number of batches", hint="`chunk(n)` makes n parts, `split(n)` parts of n.")
def batched_apply(fn, x, batch_size, device):
    with torch.no_grad():
        return torch.cat([fn(part.to(device)).cpu() for part in x.chunk(batch_size)])


@mistake("MG213", "Stays on the CPU", hint="The batches have to go to the device.")
def batched_apply(fn, x, batch_size, device):
    with torch.no_grad():
        return torch.cat([fn(part).cpu() for part in x.split(batch_size)])


@mistake("MG405", "Leaves gradients switched off", hint="`set_grad_enabled(False)` holds for the rest of the program. A `with` block ends.")
def batched_apply(fn, x, batch_size, device):
    torch.set_grad_enabled(False)
    return torch.cat([fn(b.to(device)).cpu() for b in x.split(batch_size)])


@mistake("MG480", "Takes the axis away from a last batch of one", hint="A batch of one sample has shape (1, ...). `fn` is to get it like any other.")
def batched_apply(fn, x, batch_size, device):
    results = []
    with torch.no_grad():
        for part in x.split(batch_size):
            if len(part) == 1:
                results.append(fn(part.squeeze(0).to(device)).cpu().unsqueeze(0))
            else:
                results.append(fn(part.to(device)).cpu())
    return torch.cat(results)


@mistake("MG481", "Gives the results in another order", hint="Result number i belongs to sample number i: nothing is to be shuffled here.")
def batched_apply(fn, x, batch_size, device):
    order = torch.arange(len(x)).flip(0)
    with torch.no_grad():
        return torch.cat([fn(x[i].to(device)).cpu() for i in order.split(batch_size)])


@mistake("MG532", "Makes batches of about the same size", hint="`fn` is to get `batch_size` samples each time, and only the last batch what is left. `split` cuts in this way.")
def batched_apply(fn, x, batch_size, device):
    parts = -(-len(x) // batch_size)
    with torch.no_grad():
        return torch.cat([fn(part.to(device)).cpu() for part in x.tensor_split(parts)])


@mistake("MQ508", "Switches the recording of gradients on, whatever it was", hint=("Call it inside `with torch.no_grad():` and look whether gradients are recorded afterwards.", "`with torch.no_grad():` puts back what it found, also when `fn` raises."))
def batched_apply(fn, x, batch_size, device):
    torch.set_grad_enabled(False)
    results = [fn(part.to(device)).cpu() for part in x.split(batch_size)]
    torch.set_grad_enabled(True)
    return torch.cat(results)


@mistake("MG572", "Makes batches of nearly equal sizes", hint="`chunk` is told how many parts there are, and evens them out: nine samples in three parts, where batches of four were asked for. `split` is told the size.")
def batched_apply(fn, x, batch_size, device):
    parts = x.chunk(math.ceil(len(x) / batch_size))
    with torch.no_grad():
        return torch.cat([fn(part.to(device)).cpu() for part in parts])
