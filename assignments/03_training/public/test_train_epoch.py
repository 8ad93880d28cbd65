import torch

from grader import probe


@probe
def one_epoch(train_epoch):
    model = torch.nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(1.0)
    x, t = torch.ones(3, 1), torch.full((3, 1), 3.0)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, t), batch_size=2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.25)
    return {"loss": train_epoch(model, loader, optimizer, torch.nn.MSELoss()), "weight": model.weight.item()}


def test_two_batches(student, same, run):
    """Batches of two and of one: the weight goes from 1 to 2 to 2.5, the losses are 4, 4 and 1."""
    same(run(one_epoch, student.train_epoch), {"loss": 3.0, "weight": 2.5}, "After one epoch")
