import torch

from grader import probe


@probe
def one_epoch(epoch_on):
    model = torch.nn.Linear(1, 1, bias=False).to("cuda")
    torch.nn.init.ones_(model.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    loader = [
        (torch.tensor([[1.0], [1.0]]), torch.tensor([[2.0], [2.0]])),
        (torch.tensor([[1.0]]), torch.tensor([[5.0]])),
    ]
    return epoch_on(model, loader, optimizer, torch.nn.MSELoss(), "cuda")


def test_mean(student, same, run):
    """Two samples with the loss 1 and one with the loss 16: the mean of all three is 6."""
    same(run(one_epoch, student.epoch_on), 6.0, "The mean loss")
