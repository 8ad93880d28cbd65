import torch

from grader import mistake


@mistake("MG233", "Looks whether the gradient is too long", hint="An `if` over a tensor makes Python wait. Use `clamp` or `minimum` on the factor.")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.stack([g.norm() for g in grads]).norm()
    if length > limit:
        for g in grads:
            g.mul_(limit / length)
    return length


@mistake("MG234", "Makes every gradient as long as the limit", hint="Short gradients should stay: the factor is never larger than 1.")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.stack([g.norm() for g in grads]).norm()
    for g in grads:
        g.mul_(limit / length)
    return length


@mistake("MG235", "Clips each gradient by itself", hint="The length is that of all gradients together, and all get the same factor.")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.stack([g.norm() for g in grads]).norm()
    for g in grads:
        g.mul_((limit / g.norm()).clamp(max=1))
    return length


@mistake("MG236", "Adds up the lengths", hint="The length of two vectors together is the root of the sum of squares.")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.stack([g.norm() for g in grads]).sum()
    factor = (limit / length).clamp(max=1)
    for g in grads:
        g.mul_(factor)
    return length


@mistake("MG237", "Returns a Python float", hint="`.item()` waits. The length can stay on the card.")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.stack([g.norm() for g in grads]).norm()
    factor = (limit / length).clamp(max=1)
    for g in grads:
        g.mul_(factor)
    return length.item()


@mistake("MG238", "Clips each element", hint="Clamping the elements changes the direction. Multiply all of them by one factor.")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.stack([g.norm() for g in grads]).norm()
    for g in grads:
        g.clamp_(-limit, limit)
    return length


@mistake("MG239", "Stumbles over parameters without a gradient", hint="A parameter that took no part has `.grad = None`. Leave it out.")
def clip_(params, limit):
    grads = [p.grad for p in params]
    length = torch.stack([g.norm() for g in grads]).norm()
    factor = (limit / length).clamp(max=1)
    for g in grads:
        g.mul_(factor)
    return length


@mistake("MG240", "Goes through the parameters twice", hint="`model.parameters()` is an iterator: after the first walk it is used up. Keep a list.")
def clip_(params, limit):
    length = torch.stack([p.grad.norm() for p in params if p.grad is not None]).norm()
    factor = (limit / length).clamp(max=1)
    for p in params:
        if p.grad is not None:
            p.grad.mul_(factor)
    return length


@mistake("MG241", "Returns the length afterwards", hint="The length before the clipping was asked for.")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.stack([g.norm() for g in grads]).norm()
    factor = (limit / length).clamp(max=1)
    for g in grads:
        g.mul_(factor)
    return length * factor


@mistake("MG242", "Makes new gradients and loses them", hint="`g = g * factor` makes a new tensor. In place has an underscore.")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.stack([g.norm() for g in grads]).norm()
    factor = (limit / length).clamp(max=1)
    for g in grads:
        g = g * factor
    return length


@mistake("MG350", "Puts new gradients in the place of the old ones", hint="`p.grad = p.grad * factor` makes a new tensor. In place means that the old one gets other numbers: `mul_`.")
def clip_(params, limit):
    params = [p for p in params if p.grad is not None]
    length = torch.stack([p.grad.norm() for p in params]).norm()
    for p in params:
        p.grad = p.grad * (limit / length).clamp(max=1)
    return length


@mistake("MG472", "Shortens a copy of gradients that are not contiguous", hint="`reshape` copies what does not lie in one piece, and the copy is shortened in the place of the gradient. Multiply the gradient itself.")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.stack([g.norm() for g in grads]).norm()
    factor = (limit / length).clamp(max=1)
    for g in grads:
        g.reshape(-1).mul_(factor)
    return length


@mistake("MG473", "Cannot view gradients that are not contiguous", hint="`view` needs numbers that lie in one piece. `norm` needs no view; `flatten` copies where it must.")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.cat([g.view(-1) for g in grads]).norm()
    factor = (limit / length).clamp(max=1)
    for g in grads:
        g.mul_(factor)
    return length
