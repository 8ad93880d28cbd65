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
def looked(lowest):
    from grader import simulated_cuda

    graphs = []

    def loss_fn(predicted, target):
        graphs.append(predicted.requires_grad)
        return (predicted - target).square().mean()

    with simulated_cuda(devices=2, join=True) as machine:
        model = torch.nn.Linear(1, 1, bias=False)
        torch.nn.init.ones_(model.weight)
        model.to("cuda")
        batches = [(torch.tensor([[x]], device="cuda"), torch.zeros(1, 1, device="cuda")) for x in (3.0, 2.0)]
        before = machine.counts
        least = lowest(model, batches, loss_fn)
        reads = (machine.counts - before).synchronising_reads
    return {"lowest": least, "reads beyond one": max(reads - 1, 0), "a graph is built": any(graphs)}


def test_lowest(student, same, run):
    """Of two batches on the card with the losses 9 and 4 it is 4; the card is read once, and no graph is built."""
    due = {"lowest": 4.0, "reads beyond one": 0, "a graph is built": False}
    same(run(looked, student.lowest), due, "The lowest of the losses 9 and 4")


@probe
def kept(history):
    model = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.ones_(model.weight)
    batches = [(torch.tensor([[x]]), torch.tensor([[0.0]])) for x in (3.0, 2.0)]
    losses = history(model, batches, torch.optim.SGD(model.parameters(), lr=0.0), torch.nn.functional.mse_loss)
    return {"losses": losses, "with a graph": getattr(losses, "requires_grad", False)}


def test_history(student, same, run):
    """Two batches with the losses 9 and 4, and a rate of 0: both losses, without their graphs."""
    due = {"losses": torch.tensor([9.0, 4.0]), "with a graph": False}
    same(run(kept, student.history), due, "The history of two batches")


def test_mean_of(student, same):
    """The mean of four times 30000 is 30000."""
    same(student.mean_of(torch.full((4,), 30000.0).half()), torch.tensor(30000.0), "mean_of([30000, …])")
