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


@mistake("ML419", 'Goes by the class of the tensor', hint='An `nn.Parameter` that is frozen does not require gradients, and nothing is learned in it. Ask `requires_grad`.')
def role(t):
    if isinstance(t, nn.Parameter):
        return "parameter"
    if t.grad_fn is not None:
        return "result"
    return "parameter" if t.requires_grad else "constant"


@mistake("ML420", 'Knows no parameter but `nn.Parameter`', hint='Any leaf that requires gradients is a parameter here, whatever its class.')
def role(t):
    if not t.requires_grad:
        return "constant"
    return "parameter" if isinstance(t, nn.Parameter) else "result" if t.grad_fn else "constant"


@mistake("ML421", 'Gives a leaf a node', hint='A leaf has no `grad_fn`, and so its list is empty.')
def graph_walk(t):
    if t.grad_fn is None:
        return ["AccumulateGrad"] if t.requires_grad else []
    names, node = [], t.grad_fn
    while node is not None:
        names.append(type(node).__name__)
        node = next((n for n, _ in node.next_functions if n is not None), None)
    return names


@mistake("ML451", "Takes the node's own name", hint='`type(node).__name__` was asked for; `node.name()` is longer for some.')
def graph_walk(t):
    names, node = [], t.grad_fn
    while node is not None:
        names.append(node.name())
        node = next((n for n, _ in node.next_functions if n is not None), None)
    return names


@mistake("ML452", 'Visits the whole graph', hint='From each node the walk goes on to one node only, the first.')
def graph_walk(t):
    names, stack = [], [t.grad_fn]
    while stack:
        node = stack.pop()
        if node is not None:
            names.append(type(node).__name__)
            stack.extend(inner for inner, _ in reversed(node.next_functions))
    return names
