import torch

from grader import probe


@probe
def there_and_back(save_net, load_net):
    import tempfile
    from pathlib import Path

    path = str(Path(tempfile.mkdtemp(dir="."), "net.pt"))
    net = torch.nn.Linear(3, 2)
    save_net(net, {"in_features": 3, "out_features": 2}, path)
    loaded = load_net(path, torch.nn.Linear)
    same = torch.equal(net.weight, loaded.weight)
    return {"keys": sorted(torch.load(path)), "same": same, "training": loaded.training}


def test_a_linear_layer(student, same, run):
    """A linear layer goes out to a file and comes back."""
    due = {"keys": ["settings", "weights"], "same": True, "training": False}
    same(run(there_and_back, student.save_net, student.load_net), due, "The file and the layer")
