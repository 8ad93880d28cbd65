import torch

from grader import probe


@probe
def written(save_portable):
    import tempfile
    from pathlib import Path

    model = torch.nn.Linear(1, 1).to("cuda")
    torch.nn.init.ones_(model.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0, momentum=0.9)
    model(torch.full((1, 1), 5.0, device="cuda")).sum().backward()
    optimizer.step()
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "model.pt"))
        save_portable(path, model, optimizer)
        saved = torch.load(path)
    return {
        "keys": sorted(saved),
        "weight in the file": saved["model"]["weight"],
        "momentum in the file": saved["optimizer"]["state"][0]["momentum_buffer"],
        "where the model is": model.weight.device.type,
    }


def test_file(student, same, run):
    """The file of a model on a card holds CPU tensors, also those of the optimizer; the model stays on the card."""
    due = {
        "keys": ["model", "optimizer"],
        "weight in the file": torch.tensor([[1.0]]),
        "momentum in the file": torch.tensor([[5.0]]),
        "where the model is": "cuda",
    }
    same(run(written, student.save_portable), due, "What was written")


@probe
def read(load_portable):
    import tempfile
    from pathlib import Path

    model = torch.nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    state = {"weight": torch.tensor([[7.0]]), "bias": torch.tensor([8.0])}
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "model.pt"))
        torch.save({"model": state, "optimizer": optimizer.state_dict()}, path)
        model.to("cuda")
        load_portable(path, model, optimizer)
    return [p.detach() for p in model.parameters()]


def test_loading(student, same, run):
    """A model on a card gets the numbers of the file, and stays there."""
    due = [torch.tensor([[7.0]]).to("cuda"), torch.tensor([8.0]).to("cuda")]
    same(run(read, student.load_portable), due, "After loading", parts="weight, bias")
