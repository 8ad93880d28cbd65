from grader import alternative


@alternative("is_leaf and requires_grad together")
def role(t):
    if not t.requires_grad:
        return "constant"
    return "parameter" if t.is_leaf else "result"


@alternative("recursion")
def graph_walk(t):
    def below(node):
        parents = [parent for parent, _ in node.next_functions if parent]
        return [node.__class__.__name__] + (below(parents[0]) if parents else [])

    return below(t.grad_fn) if t.grad_fn else []
