import torch

from grader import mistake


@mistake("MC291", "Leaves its hooks on the model", hint="`register_forward_hook` returns a handle. Call its `remove()` in the end.")
def trace_shapes(model, x):
    trace = []
    for name, part in model.named_modules():
        if not list(part.children()):
            part.register_forward_hook(lambda m, i, o, name=name: trace.append((name, tuple(o.shape))))
    model(x)
    return trace


@mistake("MC292", "Leaves its hooks on the model when that raises", hint="Remove the hooks in a `finally:` block.")
def trace_shapes(model, x):
    trace, handles = [], []
    for name, part in model.named_modules():
        if not list(part.children()):
            handles.append(part.register_forward_hook(lambda m, i, o, name=name: trace.append((name, tuple(o.shape)))))
    model(x)
    for handle in handles:
        handle.remove()
    return trace


@mistake("MC293", "Gives every call the name of the last part", hint="A lambda looks the name up when it runs, and by then the loop is over. Bind it as a default: `name=name`.")
def trace_shapes(model, x):
    trace, handles = [], []
    for name, part in model.named_modules():
        if not list(part.children()):
            handles.append(part.register_forward_hook(lambda m, i, o: trace.append((name, tuple(o.shape)))))
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return trace


@mistake("MC294", "Lists containers, too", hint="Only parts without parts of their own were asked for.")
def trace_shapes(model, x):
    trace, handles = [], []
    for name, part in model.named_modules():
        handles.append(part.register_forward_hook(lambda m, i, o, name=name: trace.append((name, tuple(o.shape)))))
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return trace


@mistake("MC295", "Does not look into parts of parts", hint="`named_children` gives the outermost parts only; `named_modules` goes all the way down.")
def trace_shapes(model, x):
    trace, handles = [], []
    for name, part in model.named_children():
        if not list(part.children()):
            handles.append(part.register_forward_hook(lambda m, i, o, name=name: trace.append((name, tuple(o.shape)))))
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return trace


@mistake("MC296", "Keeps one entry per part", hint="A part that is called twice is there twice: a list, not a dict.")
def trace_shapes(model, x):
    trace, handles = {}, []
    for name, part in model.named_modules():
        if not list(part.children()):
            handles.append(part.register_forward_hook(lambda m, i, o, name=name: trace.update({name: tuple(o.shape)})))
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return list(trace.items())


@mistake("MC297", "Notes the sizes of the inputs", hint="A hook gets module, inputs and output. The output's shape was asked for.")
def trace_shapes(model, x):
    trace, handles = [], []
    for name, part in model.named_modules():
        if not list(part.children()):
            handles.append(part.register_forward_hook(lambda m, i, o, name=name: trace.append((name, tuple(i[0].shape)))))
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return trace


@mistake("MC298", "Calls `forward` instead of the model", hint="`model.forward(x)` leaves out the hooks of the model itself. Call `model(x)`.")
def trace_shapes(model, x):
    trace, handles = [], []
    for name, part in model.named_modules():
        if not list(part.children()):
            handles.append(part.register_forward_hook(lambda m, i, o, name=name: trace.append((name, tuple(o.shape)))))
    try:
        model.forward(x)
    finally:
        for handle in handles:
            handle.remove()
    return trace


@mistake("MC299", "Removes hooks that were there before", hint="Remove your own, through their handles; others may have hooks of theirs.")
def feature_maps(model, name, x):
    found = []
    part = model.get_submodule(name)
    part.register_forward_hook(lambda m, i, o: found.append(o))
    try:
        model(x)
    finally:
        part._forward_hooks.clear()
    return found[0].detach()


@mistake("MC300", "Returns maps with a graph", hint="Whoever looks at feature maps does not want the graph: detach them.")
def feature_maps(model, name, x):
    found = []
    handle = model.get_submodule(name).register_forward_hook(lambda m, i, o: found.append(o))
    try:
        model(x)
    finally:
        handle.remove()
    return found[0]


@mistake("MC301", "Leaves its hook behind when the model raises", hint="Remove the hook in a `finally:` block.")
def feature_maps(model, name, x):
    found = []
    handle = model.get_submodule(name).register_forward_hook(lambda m, i, o: found.append(o))
    model(x)
    handle.remove()
    return found[0].detach()


@mistake("MC302", "Returns what goes into the part", hint="The second argument of a hook holds the inputs; the third is the output.")
def feature_maps(model, name, x):
    found = []
    handle = model.get_submodule(name).register_forward_hook(lambda m, i, o: found.append(i[0]))
    try:
        model(x)
    finally:
        handle.remove()
    return found[0].detach()


@mistake("MC303", "Finds outermost parts only", hint="A name such as `1.0` leads to a part of a part: `get_submodule` follows it.")
def feature_maps(model, name, x):
    found = []
    handle = getattr(model, name).register_forward_hook(lambda m, i, o: found.append(o))
    try:
        model(x)
    finally:
        handle.remove()
    return found[0].detach()


@mistake("MC306b", "Keeps the very tensor that the next part overwrites", hint="`nn.ReLU(inplace=True)` works in the tensor that it is given, which is yours, too: keep a copy.")
def feature_maps(model, name, x):
    found = []
    handle = model.get_submodule(name).register_forward_hook(lambda module, inputs, output: found.append(output))
    try:
        model(x)
    finally:
        handle.remove()
    return found[0].detach()


@mistake("MC632", "Leaves the model in evaluation mode", hint="Whoever sets the mode sets it back.")
def trace_shapes(model, x):
    calls, handles = [], []
    model.eval()
    try:
        for name, part in model.named_modules():
            if not list(part.children()):
                handles.append(part.register_forward_hook(lambda m, i, o, name=name: calls.append((name, tuple(o.shape)))))
        with torch.no_grad():
            model(x)
    finally:
        for handle in handles:
            handle.remove()
    return calls


@mistake("MC733", "Removes all hooks, those of others too", hint="Somebody else may have hooks on the model. Remove those that you made, by their handles.")
def trace_shapes(model, x):
    calls = []
    parts = [(n, m) for n, m in model.named_modules() if not list(m.children())]
    try:
        for n, m in parts:
            m.register_forward_hook(lambda m, i, o, n=n: calls.append((n, tuple(o.shape))))
        model(x)
    finally:
        for _, m in parts:
            m._forward_hooks.clear()
    return calls


@mistake("MC734", "Puts the mode back only if nothing is raised", hint="What must happen in any case stands in `finally:`.")
def trace_shapes(model, x):
    calls, handles = [], []
    modes = [(m, m.training) for m in model.modules()]
    try:
        for n, m in model.named_modules():
            if not list(m.children()):
                handles.append(m.register_forward_hook(lambda m, i, o, n=n: calls.append((n, tuple(o.shape)))))
        model.eval()
        model(x)
    finally:
        for h in handles:
            h.remove()
    for m, mode in modes:
        m.training = mode
    return calls
