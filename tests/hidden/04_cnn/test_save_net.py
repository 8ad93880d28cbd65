import torch

from grader import probe


@probe
def saved(save_net, weight, bias):
    import tempfile
    from pathlib import Path

    path = str(Path(tempfile.mkdtemp(dir="."), "net.pt"))
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    with torch.no_grad():
        net[0].weight.copy_(weight)
        net[1].running_mean.copy_(bias)
    save_net(net, {"widths": [3, 2], "name": "tiny", "dropout": 0.5}, path)
    kept = torch.load(path)
    weights = kept.get("weights", {})
    return {
        "keys": sorted(kept),
        "settings": kept.get("settings"),
        "weight": weights.get("0.weight"),
        "mean": weights.get("1.running_mean"),
    }


def test_file(student, same, run, rng):
    """The file holds settings, weights and buffers, and plain `torch.load` reads it."""
    weight, bias = torch.randn(2, 3, generator=rng), torch.randn(2, generator=rng)
    due = {
        "keys": ["settings", "weights"],
        "settings": {"widths": [3, 2], "name": "tiny", "dropout": 0.5},
        "weight": weight,
        "mean": bias,
    }
    same(run(saved, student.save_net, weight, bias), due, "What is in the file")


@probe
def loaded(load_net, state, x):
    import tempfile
    from pathlib import Path

    path = str(Path(tempfile.mkdtemp(dir="."), "net.pt"))
    torch.save({"settings": {"inputs": 3, "outputs": 2}, "weights": state}, path)
    asked = []

    def build(inputs, outputs):
        asked.append((inputs, outputs))
        linear = torch.nn.Linear(inputs, outputs)
        return torch.nn.Sequential(linear, torch.nn.BatchNorm1d(outputs), torch.nn.Dropout(0.5)).double()

    net = load_net(path, build)
    return {"built": asked, "training": [part.training for part in net.modules()], "answer": net(x.double()).detach()}


def test_loaded(student, reference, same, run, rng):
    """`load_net` builds the network once, fills in what was saved, and returns it in evaluation mode."""
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    state = {name: t.clone() for name, t in net.state_dict().items()}
    for name in state:
        if state[name].ndim:
            state[name] = torch.rand(state[name].shape, generator=rng) + 0.5
    x = torch.randn(4, 3, generator=rng)
    net.double().load_state_dict(state)
    due = {"built": [(3, 2)], "training": [False] * 4, "answer": net.eval()(x.double()).detach()}
    same(
        run(loaded, student.load_net, state, x),
        due,
        "The network from the file",
        parts={"built": "call", "training": "part"},
    )
