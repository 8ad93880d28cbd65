import torch

from grader import alternative


@alternative("an open file, and a plain dict of copies")
def save_net(model, settings, path):
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    with open(path, "wb") as file:
        torch.save(dict(weights=weights, settings=dict(settings)), file)


@alternative("an open file, strict, train(False)")
def load_net(path, build):
    with open(path, "rb") as file:
        content = torch.load(file, weights_only=True, map_location="cpu")
    net = build(**content["settings"])
    report = net.load_state_dict(content["weights"], strict=True)
    assert not report.missing_keys
    net.train(False)
    return net
