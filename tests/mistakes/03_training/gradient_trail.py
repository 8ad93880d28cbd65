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
