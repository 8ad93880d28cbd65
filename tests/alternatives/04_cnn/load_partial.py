import torch

from grader import alternative


@alternative("copies by hand")
def load_partial(model, weights):
    missing, used = [], set()
    for name, value in model.state_dict().items():
        new = weights.get(name)
        if new is None or new.shape != value.shape:
            missing.append(name)
        else:
            value.copy_(new)
            used.add(name)
    return missing, [name for name in weights if name not in used]


@alternative("the report of load_state_dict")
def load_partial(model, weights):
    shapes = {name: value.shape for name, value in model.state_dict().items()}
    chosen = {}
    rest = []
    for name in weights:
        if shapes.get(name) == weights[name].shape:
            chosen[name] = weights[name]
        else:
            rest.append(name)
    report = model.load_state_dict(chosen, strict=False)
    missing = set(report.missing_keys)
    missing |= set(shapes) - set(chosen)
    return [name for name in shapes if name in missing], rest
