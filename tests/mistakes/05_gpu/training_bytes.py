from torch import nn
from grader import mistake


@mistake("MG28", "Counts the weights only", hint="What else has the size of the weights? Gradients, and the optimizer's memory.")
def training_bytes(model, optimizer):
    if optimizer not in ("sgd", "momentum", "adam"):
        raise ValueError(optimizer)
    return sum(p.nbytes for p in model.parameters()) + sum(b.nbytes for b in model.buffers())


@mistake("MG251", "Forgets the buffers", hint="Running statistics and the like lie on the card, too.")
def training_bytes(model, optimizer):
    memory = {"sgd": 0, "momentum": 1, "adam": 2}
    if optimizer not in memory:
        raise ValueError(optimizer)
    trained = sum(p.nbytes for p in model.parameters() if p.requires_grad)
    return sum(p.nbytes for p in model.parameters()) + (1 + memory[optimizer]) * trained


@mistake("MG252", "Gives frozen parameters a gradient", hint="A frozen parameter has neither a gradient nor a memory.")
def training_bytes(model, optimizer):
    memory = {"sgd": 0, "momentum": 1, "adam": 2}
    if optimizer not in memory:
        raise ValueError(optimizer)
    weights = sum(p.nbytes for p in model.parameters())
    return (2 + memory[optimizer]) * weights + sum(b.nbytes for b in model.buffers())


@mistake("MG253", "Takes four bytes for every number", hint="Half precision has two, double precision eight: `p.nbytes` or `p.element_size()`.")
def training_bytes(model, optimizer):
    memory = {"sgd": 0, "momentum": 1, "adam": 2}
    if optimizer not in memory:
        raise ValueError(optimizer)
    trained = sum(4 * p.numel() for p in model.parameters() if p.requires_grad)
    weights = sum(4 * p.numel() for p in model.parameters())
    return weights + sum(b.nbytes for b in model.buffers()) + (1 + memory[optimizer]) * trained


@mistake("MG254", "Gives gradients to the buffers", hint="Buffers are not trained.")
def training_bytes(model, optimizer):
    memory = {"sgd": 0, "momentum": 1, "adam": 2}
    if optimizer not in memory:
        raise ValueError(optimizer)
    trained = sum(p.nbytes for p in model.parameters() if p.requires_grad)
    buffers = sum(b.nbytes for b in model.buffers())
    return sum(p.nbytes for p in model.parameters()) + buffers + (1 + memory[optimizer]) * (trained + buffers)


@mistake("MG255", "Gives Adam one number per parameter", hint="Adam remembers two: a mean of gradients and one of their squares.")
def training_bytes(model, optimizer):
    if optimizer not in ("sgd", "momentum", "adam"):
        raise ValueError(optimizer)
    trained = sum(p.nbytes for p in model.parameters() if p.requires_grad)
    parts = 1 if optimizer == "sgd" else 2
    return sum(p.nbytes for p in model.parameters()) + sum(b.nbytes for b in model.buffers()) + parts * trained


@mistake("MG256", "Takes any other optimizer for plain SGD", hint="A word that is not known should raise a ValueError.")
def training_bytes(model, optimizer):
    memory = {"momentum": 1, "adam": 2}.get(optimizer, 0)
    trained = sum(p.nbytes for p in model.parameters() if p.requires_grad)
    return sum(p.nbytes for p in model.parameters()) + sum(b.nbytes for b in model.buffers()) + (1 + memory) * trained


@mistake("MG257", "Counts a layer that is used twice two times", hint="`model.parameters()` gives each one once. `state_dict()` does not.")
def training_bytes(model, optimizer):
    memory = {"sgd": 0, "momentum": 1, "adam": 2}
    if optimizer not in memory:
        raise ValueError(optimizer)
    trained = sum(p.nbytes for p in model.parameters() if p.requires_grad)
    return sum(t.nbytes for t in model.state_dict().values()) + (1 + memory[optimizer]) * trained


@mistake("MG258", "Forgets the batch", hint="Every sample of the batch brings its activations.")
def fits(model, optimizer, per_sample, batch_size, capacity):
    return training_bytes(model, optimizer) + per_sample <= capacity


@mistake("MG259", "Leaves a byte unused", hint="All bytes of the card may be used: what is exactly as large fits.")
def fits(model, optimizer, per_sample, batch_size, capacity):
    return training_bytes(model, optimizer) + per_sample * batch_size < capacity


@mistake("MG432", "Takes the optimizer's name in any spelling", hint="Three words are known, as they are written. Every other one is refused.")
def training_bytes(model, optimizer):
    extra = {"sgd": 1, "momentum": 2, "adam": 3}
    name = optimizer.lower()
    if name not in extra:
        raise ValueError(optimizer)
    total = sum(b.nbytes for b in model.buffers())
    for p in model.parameters():
        total += p.nbytes * (1 + extra[name] if p.requires_grad else 1)
    return total


@mistake("MG433", "Counts four bytes for each number", hint="Parameters and buffers may have any dtype. A tensor knows how many bytes it has.")
def training_bytes(model, optimizer):
    extra = {"sgd": 1, "momentum": 2, "adam": 3}
    if optimizer not in extra:
        raise ValueError("sgd, momentum or adam")
    n = sum(p.numel() * (1 + extra[optimizer] * p.requires_grad) for p in model.parameters())
    return 4 * (n + sum(b.numel() for b in model.buffers()))


@mistake("MG508", "Counts the buffers that are saved only", hint="A buffer with `persistent=False` is not saved, and takes memory all the same. `model.buffers()` has all of them.")
def training_bytes(model, optimizer):
    memory = {"sgd": 1, "momentum": 2, "adam": 3}
    if optimizer not in memory:
        raise ValueError(optimizer)
    saved = model.state_dict()
    total = sum(p.nbytes * (1 + memory[optimizer] * p.requires_grad) for p in model.parameters())
    return total + sum(b.nbytes for name, b in model.named_buffers() if name in saved)


@mistake("MG509", "Looks at the optimizer only where something is trained", hint="Another word is a mistake of the caller's, whatever the model is. Check it first.")
def training_bytes(model, optimizer):
    total = sum(t.nbytes for t in (*model.parameters(), *model.buffers()))
    for p in model.parameters():
        if p.requires_grad:
            if optimizer not in ("sgd", "momentum", "adam"):
                raise ValueError(optimizer)
            total += p.nbytes * (1 + ("sgd", "momentum", "adam").index(optimizer))
    return total


@mistake("MG528", "Counts a weight that two layers share for each of them", hint="`model.parameters()` gives a shared parameter once. A walk over the layers meets it again.")
def training_bytes(model, optimizer):
    memory = {"sgd": 1, "momentum": 2, "adam": 3}
    if optimizer not in memory:
        raise ValueError(optimizer)
    total = 0
    for module in model.modules():
        total += sum(b.nbytes for b in module.buffers(recurse=False))
        total += sum(p.nbytes * (1 + memory[optimizer] * p.requires_grad) for p in module.parameters(recurse=False))
    return total
