import torch

from grader import probe


@probe
def there_and_back(save_checkpoint, load_checkpoint):
    import tempfile
    from pathlib import Path

    models = [torch.nn.Linear(2, 1) for _ in range(2)]
    optimizers = [torch.optim.SGD(m.parameters(), lr=rate) for m, rate in zip(models, (0.1, 0.5), strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "checkpoint.pt"))
        save_checkpoint(path, models[0], optimizers[0], 4)
        epoch = load_checkpoint(path, models[1], optimizers[1])
    equal = torch.equal(models[0].weight, models[1].weight)
    return {"epoch": epoch, "equal weights": equal, "rate": optimizers[1].param_groups[0]["lr"]}


def test_another_model_takes_over(student, same, run):
    """A second model and its optimizer take over the weights and the rate of the first."""
    due = {"epoch": 4, "equal weights": True, "rate": 0.1}
    same(run(there_and_back, student.save_checkpoint, student.load_checkpoint), due, "After saving and loading")
