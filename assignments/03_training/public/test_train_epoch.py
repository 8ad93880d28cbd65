import torch

from grader import probe


@probe
def one_epoch(train_epoch):
    layer = torch.nn.Linear(1, 1, bias=False)
    model = torch.nn.Sequential(layer, torch.nn.Dropout(0.0)).eval()
    with torch.no_grad():
        layer.weight.fill_(1.0)
    modes = []
    model.register_forward_hook(lambda module, inputs, output: modes.append(module.training))
    x, t = torch.ones(3, 1), torch.full((3, 1), 3.0)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, t), batch_size=2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.25)
    loss = train_epoch(model, loader, optimizer, torch.nn.MSELoss())
    return {"loss": loss, "weight": layer.weight.item(), "training mode": modes}


def test_two_batches(student, same, run):
    """Batches of two and of one: the weight goes from 1 to 2 to 2.5, the losses are 4, 4 and 1; in training mode."""
    due = {"loss": 3.0, "weight": 2.5, "training mode": [True, True]}
    same(run(one_epoch, student.train_epoch), due, "After one epoch")
