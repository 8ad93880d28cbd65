import torch

from grader import probe


@probe
def scored(scores):
    model = torch.nn.Linear(2, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(3.0)
    return scores(model.to("cuda"), torch.tensor([[1.0, 2.0]])).detach()


def test_scores(student, same, run):
    """The batch comes from the CPU, the model is on the card."""
    same(run(scored, student.scores), torch.tensor([[9.0]]).to("cuda"), "The scores of [1, 2] with both weights 3")


def test_weighted(student, same):
    """The losses 1, 2 and 3 on the card count once, twice and three times."""
    losses = torch.tensor([1.0, 2.0, 3.0]).to("cuda")
    same(student.weighted(losses), torch.tensor(14 / 6).to("cuda"), "weighted([1, 2, 3])")


@probe
def losses_of(lowest, history):
    model = torch.nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(1.0)
    batches = [(torch.tensor([[x]]), torch.tensor([[0.0]])) for x in (3.0, 2.0)]
    least = lowest(model, batches, torch.nn.functional.mse_loss)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    return {"lowest": least, "history": history(model, batches, optimizer, torch.nn.functional.mse_loss)}


def test_losses(student, same, run):
    """Two batches with the losses 9 and 4, and a rate of 0."""
    due = {"lowest": 4.0, "history": torch.tensor([9.0, 4.0])}
    same(run(losses_of, student.lowest, student.history), due, "The losses of two batches")


def test_mean_of(student, same):
    """The mean of four times 30000 is 30000."""
    same(student.mean_of(torch.full((4,), 30000.0).half()), torch.tensor(30000.0), "mean_of([30000, …])")
