import torch

from grader import probe


@probe
def trained(train_cnn, rate):
    model = torch.nn.Linear(2, 2)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[1.0, 0.0], [0.0, -1.0]]))
        model.bias.zero_()
    x, y = torch.tensor([[1.0, 0.0], [0.0, 1.0], [2.0, 0.0]]), torch.tensor([0, 1, 0])
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=2)
    return train_cnn(model, loader, 3, rate)


def test_three_samples(student, same, expect, demand, run):
    """Three samples in two batches: a record for each of three epochs, and a loss that falls."""
    record = expect(run(trained, student.train_cnn, 0.5), list)
    same(len(record), 3, "The number of records")
    same(sorted(expect(record[0], dict)), ["accuracy", "loss"], "The keys of a record")
    first, last = (expect(record[epoch]["loss"], float, 'The "loss" of a record') for epoch in (0, 2))
    demand(last < first, "The loss of epoch 3 is not lower.")


def test_a_rate_of_zero(student, same, expect, run):
    """At a rate of 0, the scores (1, 0), (0, -1) and (2, 0) for the classes 0, 1 and 0: two are right."""
    scores = torch.tensor([[1.0, 0.0], [0.0, -1.0], [2.0, 0.0]])
    loss = torch.nn.functional.cross_entropy(scores, torch.tensor([0, 1, 0])).item()
    record = expect(run(trained, student.train_cnn, 0.0), list)
    same(record[:1], [{"loss": loss, "accuracy": 2 / 3}], "The record of the first epoch", parts="epoch")
