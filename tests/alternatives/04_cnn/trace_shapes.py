from contextlib import ExitStack

import torch

from grader import alternative


@alternative("an ExitStack, and partial")
def trace_shapes(model, x):
    from functools import partial

    trace = []

    def note(name, module, inputs, output):
        trace.append((name, tuple(output.size())))

    with ExitStack() as stack, torch.no_grad():
        for name, part in model.named_modules():
            if next(part.children(), None) is None:
                handle = part.register_forward_hook(partial(note, name))
                stack.callback(handle.remove)
        model(x)
    return trace


@alternative("names by identity")
def trace_shapes(model, x):
    names = {id(part): name for name, part in model.named_modules() if not part._modules}
    trace = []
    handles = [
        part.register_forward_hook(lambda m, i, o: trace.append((names[id(m)], tuple(o.shape))))
        for part in model.modules()
        if id(part) in names
    ]
    try:
        model(x)
        return trace
    finally:
        [handle.remove() for handle in handles]


@alternative("no_grad, and the handle as a context")
def feature_maps(model, name, x):
    kept = {}

    def keep(module, inputs, output):
        kept["output"] = output.clone()

    with torch.no_grad(), dict(model.named_modules())[name].register_forward_hook(keep):
        model(x)
    return kept["output"]
