import torch

from grader import probe


@probe
def there_and_back(save_net, load_net):
    import tempfile
    from pathlib import Path

    net = torch.nn.Linear(3, 2)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "net.pt"))
        save_net(net, {"in_features": 3, "out_features": 2}, path)
        loaded = load_net(path, torch.nn.Linear)
        keys = sorted(torch.load(path))
    return {"keys": keys, "same": torch.equal(net.weight, loaded.weight), "in training mode": loaded.training}


def test_a_linear_layer(student, same, run):
    """A linear layer goes out to a file and comes back."""
    due = {"keys": ["settings", "weights"], "same": True, "in training mode": False}
    same(run(there_and_back, student.save_net, student.load_net), due, "The file and the layer")
