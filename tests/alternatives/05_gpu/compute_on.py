from grader import alternative


@alternative("lists")
def compute_on(device, fn, *tensors):
    there = []
    for t in tensors:
        there.append(t.to(device, non_blocking=True))
    result = fn(*there)
    return result.to("cpu")


@alternative("map")
def compute_on(device, fn, *tensors):
    return fn(*map(lambda t: t.to(device=device), tensors)).detach().cpu()
