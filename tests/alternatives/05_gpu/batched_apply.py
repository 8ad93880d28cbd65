import torch

from grader import alternative


@alternative("a loop with indexes")
def batched_apply(fn, x, batch_size, device):
    results = []
    with torch.inference_mode():
        for start in range(0, x.shape[0], batch_size):
            batch = x[start : start + batch_size].to(device)
            out = fn(batch)
            results.append(out.to("cpu"))
    return torch.cat(results, dim=0)


@alternative("writes into a tensor")
def batched_apply(fn, x, batch_size, device):
    out = None
    for start in range(0, len(x), batch_size):
        with torch.no_grad():
            part = fn(x[start : start + batch_size].to(device, non_blocking=True))
        if out is None:
            out = torch.empty(len(x), *part.shape[1:], dtype=part.dtype)
        out[start : start + batch_size] = part.cpu()
    return out
