import torch

from grader import probe
from grader.asking.tolerances import Tolerance
from grader.asking.words import count

# PyTorch's own clip_grad_norm_ adds 1e-6 to the length, which is more than 1 here
CLOSE = Tolerance(5e-6, 1e-12)


@probe
def calls(clip_, grads):
    model = torch.nn.Linear(3, len(grads))
    model.weight.grad = grads.clone()
    return [(clip_, list(model.parameters()), 1.0)]


def clipped(clip_, grads, limit, device, as_list):
    params = [torch.ones_like(grad, device=device) for grad in (*grads, grads[0])]  # each lies as its gradient does
    for p, grad in zip(params, grads, strict=False):
        p.grad = grad.to(device).clone(memory_format=torch.preserve_format)
    kept = [p.grad for p in params]
    length = clip_(params if as_list else (p for p in params), limit)
    return {
        "length": length,
        "the same tensors as before": all(p.grad is grad for p, grad in zip(params, kept, strict=True)),
        "gradients": [p.grad for p in params[:-1]],
        "none stays none": params[-1].grad is None,
        "graphs": [t.requires_grad for t in (length, *params)],
        "parameters": params,
    }


def test_gradients(student, reference, same, run, untouched, rng):
    """All gradients are shortened by one factor if they are too long together; the length is that before."""
    for n, share, device, as_list in (
        (1, 0.3, "cuda", True),
        (3, 0.5, "cuda", False),
        (2, 2.0, "cuda", True),
        (4, 0.9, "cpu", False),
        (2, 1.5, "cpu", True),
    ):
        grads = [3 * torch.randn(3, generator=rng, dtype=torch.float64) for _ in range(n - 1)]
        grads.append(3 * torch.randn(3, 2, generator=rng, dtype=torch.float64))
        if n > 1:
            grads[-1] = grads[-1].T  # it lies in memory in another way
            grads[0] = grads[0][None]
        limit = share * torch.cat([g.flatten() for g in grads]).norm().item()
        due = clipped(reference.clip_, grads, limit, device, as_list)
        found = run(probe(clipped), student.clip_, grads, limit, device, as_list)
        same(
            found,
            due,
            f"{count(n, 'gradient')} on {device}, with a limit of {share} times their length",
            tolerance=CLOSE,
            parts="parameter",
        )
    untouched(student.clip_, calls, torch.randn(4, 3, generator=rng), but=["arguments"])


@probe
def watched(clip_, grads, limits):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        model = torch.nn.Linear(3, len(grads)).to("cuda:1")
        model.weight.grad = grads.to("cuda:1")
        before = machine.counts
        for limit in limits:
            clip_(model.parameters(), limit)
        found = machine.counts - before
    return found.synchronising_reads + found.synchronisations + found.device_to_host + found.device_to_device


def test_nothing_waits(student, same, run, rng):
    """Nothing is read from the card, whether the gradients are shortened or not."""
    found = run(watched, student.clip_, torch.randn(4, 3, generator=rng), [100.0, 0.5])
    same(found, 0, "How often Python waited for the card")
