from grader import mistake


@mistake("ML131", "Takes every leaf for a parameter", hint="Data are leaves, too. A parameter also requires gradients.")
def role(t):
    return "parameter" if t.is_leaf else "result"


@mistake("ML132", "Takes everything with requires_grad for a parameter", hint="A result of a parameter requires gradients as well. It has a `grad_fn`.")
def role(t):
    return "parameter" if t.requires_grad else "constant"


@mistake("ML133", "Judges by whether a gradient is there", hint="A parameter has no gradient before the first `backward`, and is one all the same.")
def role(t):
    if t.grad_fn is not None:
        return "result"
    return "parameter" if t.grad is not None else "constant"


@mistake("ML134", "Leaves out the first node", hint="The list begins with the node of the tensor itself, `t.grad_fn`.")
def graph_walk(t):
    names = []
    node = t.grad_fn
    while node is not None:
        node = next((parent for parent, _ in node.next_functions if parent is not None), None)
        if node is not None:
            names.append(type(node).__name__)
    return names


@mistake("ML135", "Stops at an input without a gradient", hint="The first pair may hold None, for data. Take the first one that does not.")
def graph_walk(t):
    names = []
    node = t.grad_fn
    while node is not None:
        names.append(type(node).__name__)
        node = node.next_functions[0][0] if node.next_functions else None
    return names


@mistake("ML136", "Follows the last input instead of the first", hint="Of several inputs with a gradient the first was asked for.")
def graph_walk(t):
    names = []
    node = t.grad_fn
    while node is not None:
        names.append(type(node).__name__)
        node = next((parent for parent, _ in reversed(node.next_functions) if parent is not None), None)
    return names
