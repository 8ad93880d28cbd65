import torch

from grader import probe


@probe
def one_step(train_step, device):
    model = torch.nn.Linear(1, 1, bias=False).to(device)
    torch.nn.init.ones_(model.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.25)
    batch = (torch.tensor([[1.0]]), torch.tensor([[3.0]]))
    loss = train_step(model, batch, optimizer, torch.nn.MSELoss())
    return {"loss": loss, "with a graph": getattr(loss, "requires_grad", False), "weight": model.weight.detach()}


def test_one_weight(student, same, run):
    """The weight 1 makes 1 of 1 where 3 is due: loss 4, gradient -4, new weight 2. The loss has no graph."""
    for device in ("cpu", "cuda"):
        loss, weight = torch.tensor(4.0).to(device), torch.tensor([[2.0]]).to(device)
        due = {"loss": loss, "with a graph": False, "weight": weight}
        same(run(one_step, student.train_step, device), due, f"One step on {device}")
