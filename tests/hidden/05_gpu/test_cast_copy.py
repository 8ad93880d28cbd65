import torch

from grader import probe


@probe
def copied(cast_copy, weight, device, dtype):
    model = torch.nn.Sequential(torch.nn.Linear(3, 2, bias=False), torch.nn.BatchNorm1d(2))
    with torch.no_grad():
        model[0].weight.copy_(weight)
    model.to(device).eval()[0].train()  # a mode of its own
    other = cast_copy(model, dtype)
    described = {
        "copy": dict(other.state_dict()),
        "model": dict(model.state_dict()),
        "shares parameters": any(p is q for p in model.parameters() for q in other.parameters()),
        "another model": other is not model,
        "kind": isinstance(other, torch.nn.Sequential),
        "still trainable": [p.requires_grad and p.is_leaf for p in other.parameters()],
        "modes": [part.training for part in other.modules()],
        "modes of the model": [part.training for part in model.modules()],
    }
    described = {
        key: {k: v.clone() for k, v in value.items()} if isinstance(value, dict) else value
        for key, value in described.items()
    }
    with torch.no_grad():
        other[0].weight.add_(1)
    return {**described, "model after a change of the copy": model[0].weight.detach()}


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
    for device, dtype in (
        ("cuda", torch.float16),
        ("cpu", torch.bfloat16),
        ("cuda", torch.float64),
        ("cpu", torch.float32),
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
            "kind": True,
            "still trainable": [True] * 3,
            "modes": [False, True, False],
            "modes of the model": [False, True, False],
            "model after a change of the copy": weight.to(device),
        }
        found = run(copied, student.cast_copy, weight, device, dtype)
        same(found, due, f"A copy in {str(dtype).removeprefix('torch.')} on {device}")
    trained = {"0.weight": True, "0.bias": True, "1.bias": True, "2.weight": True, "2.bias": False}
    due = {"shared": True, "trained": trained, "the model's own": trained}
    same(run(frozen_and_shared, student.cast_copy), due, "A copy of a model with a frozen and a shared parameter")
    untouched(student.cast_copy, calls)
