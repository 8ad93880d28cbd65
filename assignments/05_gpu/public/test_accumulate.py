import torch

from grader import probe


@probe
def one_step(accumulate, size):
    model = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.zeros_(model.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    x, y = torch.ones(3, 1), torch.tensor([[1.0], [1.0], [4.0]])
    loss = accumulate(model, x, y, torch.nn.MSELoss(), optimizer, size)
    return {"loss": loss, "weight": model.weight.detach()}


def test_three_samples(student, same, run):
    """The targets 1, 1 and 4: mean loss 6, mean gradient -4, new weight 2, however the batch is cut."""
    for size in (1, 2, 3):
        due = {"loss": torch.tensor(6.0), "weight": torch.tensor([[2.0]])}
        same(run(one_step, student.accumulate, size), due, f"In parts of {size}")
