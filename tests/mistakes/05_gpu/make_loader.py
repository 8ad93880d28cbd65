from torch.utils.data import DataLoader, RandomSampler
import torch

from grader import mistake


@mistake("MG214", "Pins for the CPU as well", hint="Pinned memory only helps on the way to a card.")
def make_loader(dataset, batch_size, device, workers=0):
    return torch.utils.data.DataLoader(
        dataset, batch_size=batch_size, shuffle=True, num_workers=workers, pin_memory=True, persistent_workers=workers > 0
    )


@mistake("MG215", "Never pins", hint="`pin_memory=True` puts the batches where a card can fetch them.")
def make_loader(dataset, batch_size, device, workers=0):
    return torch.utils.data.DataLoader(
        dataset, batch_size=batch_size, shuffle=True, num_workers=workers, persistent_workers=workers > 0
    )


@mistake("MG216", "Compares the device with a string", hint='The device may be a torch.device, or `"cuda:0"`. Look at its type.')
def make_loader(dataset, batch_size, device, workers=0):
    return torch.utils.data.DataLoader(
        dataset, batch_size=batch_size, shuffle=True, num_workers=workers, pin_memory=device == "cuda", persistent_workers=workers > 0
    )


@mistake("MG217", "Keeps workers alive where there are none", hint="`persistent_workers=True` is an error without workers.")
def make_loader(dataset, batch_size, device, workers=0):
    return torch.utils.data.DataLoader(
        dataset, batch_size=batch_size, shuffle=True, num_workers=workers, pin_memory=torch.device(device).type == "cuda", persistent_workers=True
    )


@mistake("MG218", "Does not shuffle", hint="For training, the order should be a new one in every epoch.")
def make_loader(dataset, batch_size, device, workers=0):
    return torch.utils.data.DataLoader(
        dataset, batch_size=batch_size, num_workers=workers, pin_memory=torch.device(device).type == "cuda", persistent_workers=workers > 0
    )


@mistake("MG219", "Drops the last batch", hint="The last samples should be trained on as well.")
def make_loader(dataset, batch_size, device, workers=0):
    return torch.utils.data.DataLoader(
        dataset, batch_size=batch_size, shuffle=True, drop_last=True, num_workers=workers, pin_memory=torch.device(device).type == "cuda", persistent_workers=workers > 0
    )


@mistake("MG220", "Ends the workers after every epoch", hint="Starting processes takes time. `persistent_workers` keeps them.")
def make_loader(dataset, batch_size, device, workers=0):
    return torch.utils.data.DataLoader(
        dataset, batch_size=batch_size, shuffle=True, num_workers=workers, pin_memory=torch.device(device).type == "cuda"
    )


@mistake("MG221", "Moves samples inside of the loader", hint="What comes out of a loader should be on the CPU. The loop moves it.")
def make_loader(dataset, batch_size, device, workers=0):
    return torch.utils.data.DataLoader(
        dataset, batch_size=batch_size, shuffle=True, num_workers=workers,
        pin_memory=torch.device(device).type == "cuda", persistent_workers=workers > 0,
        collate_fn=lambda samples: [torch.stack(part).to(device) for part in zip(*samples)],
    )


@mistake("MG222", "Copies in a blocking way", hint="Pinned memory alone does little: say `non_blocking=True` when you copy.")
def feed(loader, device):
    for batch in loader:
        yield [t.to(device) for t in batch]


@mistake("MG223", "Moves the whole epoch first", hint="A generator hands out one batch after the other: `yield` inside the loop.")
def feed(loader, device):
    return [[t.to(device, non_blocking=True) for t in batch] for batch in loader]


@mistake("MG224", "Moves the inputs only", hint="All tensors of a batch move.")
def feed(loader, device):
    for batch in loader:
        yield [batch[0].to(device, non_blocking=True), *batch[1:]]


@mistake("MG225", "Always feeds the first card", hint="`.cuda()` is the current card. Use the device that was asked for.")
def feed(loader, device):
    for batch in loader:
        yield [t.cuda(non_blocking=True) for t in batch]


@mistake("MG419", "Takes a batch ahead", hint="The next batch is taken before the one at hand is given out. Take it when it is asked for.")
def feed(loader, device):
    it = iter(loader)
    ready = None
    for batch in it:
        following = [t.to(device, non_blocking=True) for t in batch]
        if ready is not None:
            yield ready
        ready = following
    if ready is not None:
        yield ready


@mistake("MG420", "Expects pairs", hint="A batch may hold more or fewer than two tensors.")
def feed(loader, device):
    for x, y in loader:
        yield [x.to(device, non_blocking=True), y.to(device, non_blocking=True)]


@mistake("MQ509", "Pins for every device but the CPU", hint="Pinned memory is asked for if the device is a CUDA device. There are others: mps, xpu.")
def make_loader(dataset, batch_size, device, workers=0):
    return torch.utils.data.DataLoader(
        dataset,
        batch_size=batch_size,
        shuffle=True,
        num_workers=workers,
        pin_memory=torch.device(device).type != "cpu",
        persistent_workers=workers > 0,
    )
