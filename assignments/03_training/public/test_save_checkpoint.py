import torch

from grader import probe


@probe
def there_and_back(save_checkpoint, load_checkpoint):
    import pickle
    import tempfile
    from pathlib import Path

    models = [torch.nn.Linear(2, 1) for _ in range(2)]
    rates = (0.1, 0.5)
    optimizers = [torch.optim.SGD(m.parameters(), lr=r, momentum=0.9) for m, r in zip(models, rates, strict=True)]
    models[0](torch.ones(1, 2)).sum().backward()
    optimizers[0].step()
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "checkpoint.pt"))
        save_checkpoint(path, models[0], optimizers[0], 4)
        try:
            torch.load(path)
        except pickle.UnpicklingError:
            return "a file with objects in it"
        epoch = load_checkpoint(path, models[1], optimizers[1])
    return {
        "epoch": epoch,
        "equal weights": torch.equal(models[0].weight, models[1].weight),
        "rate": optimizers[1].param_groups[0]["lr"],
        "tensors in the optimizer's memory": len(optimizers[1].state_dict()["state"]),
    }


def test_another_model_takes_over(student, same, demand, run):
    """A second model and its optimizer take over the weights, the rate and the memory of the first."""
    found = run(there_and_back, student.save_checkpoint, student.load_checkpoint)
    said = (
        "`torch.load` refuses the file: there are objects in it. Save dicts of plain tensors and numbers, state dicts."
    )
    demand(found != "a file with objects in it", said)
    due = {"epoch": 4, "equal weights": True, "rate": 0.1, "tensors in the optimizer's memory": 2}
    same(found, due, "After saving and loading")
