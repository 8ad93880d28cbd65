import torch

from grader import probe


@probe
def copied(cast_copy, weight, device, dtype, training):
    model = torch.nn.Sequential(torch.nn.Linear(3, 2, bias=False), torch.nn.BatchNorm1d(2))
    with torch.no_grad():
        model[0].weight.copy_(weight)
    model.to(device).train(training)[0].train(not training)  # a mode of its own

    def modes(net):
        return {
            name or "the whole": "training" if part.training else "evaluation" for name, part in net.named_modules()
        }

    other = cast_copy(model, dtype)
    described = {
        "copy": dict(other.state_dict()),
        "model": dict(model.state_dict()),
        "shares parameters": any(p is q for p in model.parameters() for q in other.parameters()),
        "another model": other is not model,
        "of the same class": isinstance(other, torch.nn.Sequential),
        "still trainable": [p.requires_grad and p.is_leaf for p in other.parameters()],
        "modes": modes(other),
        "modes of the model": modes(model),
    }
    for net in ("copy", "model"):
        described[net] = {name: t.clone() for name, t in described[net].items()}
    with torch.no_grad():
        other[0].weight.add_(1)
    return {**described, "model after a change of the copy": model[0].weight.detach()}


@probe
def modes_of_copies(cast_copy):
    found, trained = {}, []
    for mode, other in (("training", "evaluation"), ("evaluation", "training")):
        net = torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.Linear(1, 1)).train(mode == "training")
        net[0].train(other == "training")
        copied = cast_copy(net, torch.float16)
        found[f"a model in {mode} mode"] = "training" if copied.training else "evaluation"
        found[f"a layer in {other} mode within it"] = "training" if copied[0].training else "evaluation"
        trained += [p.requires_grad for p in copied.parameters()]
    return {**found, "parameters are trained": trained}


@probe
def frozen_and_shared(cast_copy):
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 2), torch.nn.Linear(2, 2))
    model[1].weight = model[0].weight
    model[2].bias.requires_grad_(False)
    other = cast_copy(model, torch.float16)
    return {
        "shared": other[0].weight is other[1].weight,
        "trained": {name: p.requires_grad for name, p in other.named_parameters()},
        "the model's own": {name: p.requires_grad for name, p in model.named_parameters()},
    }


@probe
def calls(cast_copy):
    return [(cast_copy, torch.nn.BatchNorm1d(2), torch.float16), (cast_copy, torch.nn.Linear(2, 1).eval(), torch.half)]


def test_copy(student, same, run, untouched, rng):
    """A model of its own: floating-point numbers in the new dtype, others as they were, and the original untouched."""
    due = {
        "a model in training mode": "training",
        "a layer in evaluation mode within it": "evaluation",
        "a model in evaluation mode": "evaluation",
        "a layer in training mode within it": "training",
        "parameters are trained": [True] * 8,
    }
    same(run(modes_of_copies, student.cast_copy), due, "The mode of the copy")
    for device, dtype, mode, other in (
        ("cuda", torch.float16, "evaluation", "training"),
        ("cpu", torch.bfloat16, "training", "evaluation"),
        ("cuda", torch.float64, "evaluation", "training"),
        ("cpu", torch.float32, "training", "evaluation"),
    ):
        weight = torch.randn(2, 3, generator=rng)
        model = {
            "0.weight": weight,
            "1.weight": torch.ones(2),
            "1.bias": torch.zeros(2),
            "1.running_mean": torch.zeros(2),
            "1.running_var": torch.ones(2),
        }
        count = {"1.num_batches_tracked": torch.tensor(0).to(device)}
        due = {
            "copy": {name: t.to(device, dtype) for name, t in model.items()} | count,
            "model": {name: t.to(device) for name, t in model.items()} | count,
            "shares parameters": False,
            "another model": True,
            "of the same class": True,
            "still trainable": [True] * 3,
            "modes": {"the whole": mode, "0": other, "1": mode},
            "modes of the model": {"the whole": mode, "0": other, "1": mode},
            "model after a change of the copy": weight.to(device),
        }
        found = run(copied, student.cast_copy, weight, device, dtype, mode == "training")
        same(found, due, f"A copy in {str(dtype).removeprefix('torch.')} on {device}")
    trained = {"0.weight": True, "0.bias": True, "1.bias": True, "2.weight": True, "2.bias": False}
    due = {"shared": True, "trained": trained, "the model's own": trained}
    same(run(frozen_and_shared, student.cast_copy), due, "A copy of a model with a frozen and a shared parameter")
    untouched(student.cast_copy, calls)
