import torch

from grader import mistake


@mistake("ML122", "Turns the caller's tensors into parameters", hint="`requires_grad_()` changes the tensor itself. Give the gradients to copies.")
def gradients(f, params):
    for p in params:
        p.requires_grad_()
    f(*params).backward()
    return [torch.zeros_like(p) if p.grad is None else p.grad for p in params]


@mistake("ML123", "Returns None for arguments that are not used", hint="What the function does not depend on has a gradient of zeros; `.grad` stays None for it.")
def gradients(f, params):
    leaves = [p.clone().requires_grad_() for p in params]
    f(*leaves).backward()
    return [leaf.grad for leaf in leaves]


@mistake("ML22b", "Goes backward from a number without a past", hint="`torch.tensor(result.item())` has no history. Call `backward` on the result itself.")
def gradients(f, params):
    leaves = [p.clone().requires_grad_() for p in params]
    loss = torch.tensor(f(*leaves).item(), requires_grad=True)
    loss.backward()
    return [torch.zeros_like(p) if p.grad is None else p.grad for p in leaves]


@mistake("ML125", "Joins all gradients into one vector", hint="One gradient for each argument, each in the shape of its argument.")
def gradients(f, params):
    leaves = [p.clone().requires_grad_() for p in params]
    f(*leaves).backward()
    return torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).flatten() for p in leaves])


@mistake("ML20", "Makes whole numbers of the arguments", hint="Only floating-point tensors can have gradients. Keep the dtype of the arguments.")
def gradients(f, params):
    leaves = [p.long().requires_grad_() for p in params]
    f(*leaves).backward()
    return [torch.zeros_like(p) if leaf.grad is None else leaf.grad for p, leaf in zip(params, leaves)]


@mistake("ML445", "Gives zeros without the argument's shape", hint='`torch.zeros_like` makes zeros of the right shape and dtype.')
def gradients(f, params):
    copies = [p.detach().clone().requires_grad_() for p in params]
    f(*copies).backward()
    return [c.grad if c.grad is not None else torch.zeros((), dtype=c.dtype) for c in copies]


@mistake("ML446", 'Leaves out arguments that are not used', hint='One gradient for each argument, zeros where the function does not use it.')
def gradients(f, params):
    copies = [p.clone().detach().requires_grad_(True) for p in params]
    found = torch.autograd.grad(f(*copies), copies, allow_unused=True)
    return [g for g in found if g is not None]


@mistake("ML447", "Leaves gradients on the caller's tensors", hint='Switching `requires_grad` off again does not clear `.grad`. Work on copies.')
def gradients(f, params):
    for p in params:
        p.requires_grad_(True)
    f(*params).backward()
    result = [torch.zeros_like(p) if p.grad is None else p.grad for p in params]
    for p in params:
        p.requires_grad_(False)
    return result


@mistake("ML560", "Does not expect that an argument is not used", hint="`torch.autograd.grad` raises for an argument that `f` leaves out, unless it is told that this may be; then it gives None, and zeros are due.")
def gradients(f, params):
    copies = [p.clone().requires_grad_() for p in params]
    return list(torch.autograd.grad(f(*copies), copies))
