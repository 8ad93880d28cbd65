from grader import alternative


@alternative("a loop over parameters")
def training_bytes(model, optimizer):
    try:
        copies = 1 + ["sgd", "momentum", "adam"].index(optimizer)
    except ValueError:
        raise ValueError(f"unknown optimizer {optimizer!r}") from None
    total = sum(b.numel() * b.element_size() for b in model.buffers())
    for p in model.parameters():
        size = p.numel() * p.element_size()
        total += size * (1 + copies) if p.requires_grad else size
    return total


@alternative("what is left")
def fits(model, optimizer, per_sample, batch_size, capacity):
    left = capacity - training_bytes(model, optimizer)
    return left >= batch_size * per_sample
