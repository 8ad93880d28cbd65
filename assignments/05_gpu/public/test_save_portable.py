import torch

from grader import probe


@probe
def written(save_portable):
    import tempfile
    from pathlib import Path

    model = torch.nn.Linear(1, 1).to("cuda")
    torch.nn.init.ones_(model.weight)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "model.pt"))
        save_portable(path, model, torch.optim.SGD(model.parameters(), lr=0.1))
        saved = torch.load(path)
    return {"keys": sorted(saved), "weight in the file": saved["model"]["weight"]}


def test_file(student, same, run):
    """The file of a model on a card holds a CPU tensor."""
    due = {"keys": ["model", "optimizer"], "weight in the file": torch.tensor([[1.0]])}
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
    same(run(read, student.load_portable), due, "Weight and bias")
