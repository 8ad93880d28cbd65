import torch

from grader import probe


@probe
def trained(train_best):
    model = torch.nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(0.0)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.25)
    one = torch.ones(1, 1)
    found = train_best(model, optimizer, torch.nn.MSELoss(), (one, 4 * one), (one, 2.5 * one), 10, 2)
    return {**found, "weight": model.weight.item()}


def test_stops_and_goes_back(student, same, run):
    """The weight goes 2, 3, 3.5, 3.75 to 4, validation wants 2.5: the best is epoch 0, and epoch 2 is the last."""
    due = {"train": [16.0, 4.0, 1.0], "val": [0.25, 0.25, 1.0], "best_epoch": 0, "weight": 2.0}
    same(run(trained, student.train_best), due, "With a patience of 2")
