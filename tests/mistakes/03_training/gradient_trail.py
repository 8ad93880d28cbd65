import torch

from grader import mistake


@mistake("ML126", "Notes the same tensor n times", hint="`.grad` is one tensor that goes on changing, and your list holds it n times. Note a copy.")
def gradient_trail(f, p, n):
    leaf = p.clone().requires_grad_()
    trail = []
    for _ in range(n):
        f(leaf).backward()
        trail.append(leaf.grad)
    return trail


@mistake("ML127", "Clears the gradient in between", hint="Here nobody clears anything: what accumulates was asked for.")
def gradient_trail(f, p, n):
    leaf = p.clone().requires_grad_()
    trail = []
    for _ in range(n):
        leaf.grad = None
        f(leaf).backward()
        trail.append(leaf.grad)
    return trail


@mistake("ML19", "Goes backward twice on one graph", hint="A graph is thrown away once it has been walked. Compute the result anew each time.")
def gradient_trail(f, p, n):
    leaf = p.clone().requires_grad_()
    result = f(leaf)
    trail = []
    for _ in range(n):
        result.backward()
        trail.append(leaf.grad.clone())
    return trail


@mistake("ML128", "Does not expect that there is no gradient yet", hint="Before the first `backward`, `.grad` is None, and None cannot be filled.")
def clear_gradients(params):
    for p in params:
        p.grad.zero_()


@mistake("ML129", "Clears the parameters instead of their gradients", hint="Look at which tensor you fill with zeros: p or p.grad.")
def clear_gradients(params):
    for p in params:
        p.data.zero_()


@mistake("ML130", "Names a method without calling it", hint="Without brackets nothing happens.")
def clear_gradients(params):
    for p in params:
        if p.grad is not None:
            p.grad.zero_


@mistake("ML341", "Turns the caller's tensor into a parameter", hint="`requires_grad_()` changes the tensor itself. Let a copy collect the gradients.")
def gradient_trail(f, p, n):
    p.requires_grad_()
    trail = []
    for _ in range(n):
        f(p).backward()
        trail.append(p.grad.clone())
    return trail


@mistake("ML413", "Takes the gradients on the caller's tensor", hint='Switching `requires_grad` off again leaves `.grad` behind. Work on a copy that requires gradients.')
def gradient_trail(f, p, n):
    p.requires_grad_()
    trail = []
    for _ in range(n):
        f(p).backward()
        trail.append(p.grad.clone())
    p.requires_grad_(False)
    return trail


@mistake("ML414", 'Multiplies the gradients by zero', hint='Infinity times zero is NaN, and stays for ever. Set `.grad` to None, or fill it.')
def clear_gradients(params):
    for p in params:
        if p.grad is not None:
            p.grad *= 0


@mistake("ML415", 'Puts new tensors into the list', hint="The caller's leaves keep their gradients, then. Clear the tensors themselves.")
def clear_gradients(params):
    for i, p in enumerate(params):
        params[i] = p.detach().clone().requires_grad_()


@mistake("ML448", 'Notes the gradient before each `backward`', hint='What `.grad` holds *after* the first `backward` comes first.')
def gradient_trail(f, p, n):
    leaf, trail = p.detach().clone().requires_grad_(), []
    for _ in range(n):
        trail.append(torch.zeros_like(p) if leaf.grad is None else leaf.grad.clone())
        f(leaf).backward()
    return trail


@mistake("ML449", 'Adds up what has been added up already', hint='`.grad` holds the sum by itself. Note it as it is.')
def gradient_trail(f, p, n):
    leaf, trail, total = p.detach().clone().requires_grad_(), [], torch.zeros_like(p)
    for _ in range(n):
        f(leaf).backward()
        total = total + leaf.grad
        trail.append(total)
    return trail


@mistake("ML450", 'Ends at the first leaf without a gradient', hint='Leave that one out and go on with the next.')
def clear_gradients(params):
    for p in params:
        if p.grad is None:
            return
        p.grad.zero_()
