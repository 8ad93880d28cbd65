import torch

from grader import probe


@probe
def saved(save_net, weight, bias):
    import tempfile
    from pathlib import Path

    path = str(Path(tempfile.mkdtemp(dir="."), "best.net"))
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    with torch.no_grad():
        net[0].weight.copy_(weight)
        net[1].running_mean.copy_(bias)
    settings = {"widths": [3, 2], "name": "tiny", "dropout": 0.5}
    net[0].train(False)

    def now():
        parts = [[part.training, len(part._forward_hooks)] for part in net.modules()]
        files = sorted(
            file.name for file in (*Path().iterdir(), *Path(path).parent.iterdir()) if file.name != "best.net"
        )
        return parts, files, repr(settings), torch.get_rng_state().tolist(), [p.requires_grad for p in net.parameters()]

    before = now()
    save_net(net, settings, path)
    save_net(net, settings, path)
    stays = now() == before
    kept = torch.load(path) if Path(path).is_file() else {"no file at the path": True}
    weights = kept.get("weights", {})
    return {
        "network, settings and other files as before": stays,
        "keys": sorted(kept),
        "settings": kept.get("settings"),
        "weight": weights.get("0.weight"),
        "mean": weights.get("1.running_mean"),
    }


def test_file(student, same, run, rng):
    """The file holds settings, weights and buffers, and plain `torch.load` reads it; nothing else is changed."""
    weight, bias = torch.randn(2, 3, generator=rng), torch.randn(2, generator=rng)
    due = {
        "network, settings and other files as before": True,
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

    path = str(Path(tempfile.mkdtemp(dir="."), "net"))
    torch.save({"settings": {"outputs": 2, "inputs": 3}, "weights": state}, path)
    asked = []

    def build(inputs, outputs):
        asked.append((inputs, outputs))
        linear = torch.nn.Linear(inputs, outputs)
        return torch.nn.Sequential(linear, torch.nn.BatchNorm1d(outputs), torch.nn.Dropout(0.5))

    def files():
        return sorted((file.name, file.stat().st_size) for file in (*Path().iterdir(), *Path(path).parent.iterdir()))

    before = files()
    net = load_net(path, build)
    modes = [part.training for part in net.modules()]
    found = {"built": asked[:], "training": modes, "answer": net(x).detach(), "files as before": files() == before}
    drawn = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        load_net(path, build)
        drawn.append(torch.rand(3))
    return {**found, "the same random numbers after any seed": torch.equal(*drawn)}


def test_loaded(student, reference, same, run, rng):
    """`load_net` builds the network once, fills in what was saved, and returns it in evaluation mode."""
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    state = {name: t.clone() for name, t in net.state_dict().items()}
    for name in state:
        if state[name].ndim:
            state[name] = torch.rand(state[name].shape, generator=rng) + 0.5
    x = torch.randn(4, 3, generator=rng)
    net.load_state_dict(state)
    due = {
        "built": [(3, 2)],
        "training": [False] * 4,
        "answer": net.eval()(x).detach(),
        "files as before": True,
        "the same random numbers after any seed": False,
    }
    same(
        run(loaded, student.load_net, state, x),
        due,
        "The network from the file",
        parts={"built": "call", "training": "part"},
    )
