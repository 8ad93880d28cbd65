import torch

from grader import probe


def trained(epoch_on, weight, batches, device):
    def loss_fn(predicted, target):  # not the same when its arguments are exchanged
        return (predicted - 2 * target).square().mean()

    model = torch.nn.Sequential(torch.nn.Linear(3, 2, bias=False)).double()
    with torch.no_grad():
        model[0].weight.copy_(weight)
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    losses = [epoch_on(model, batches, optimizer, loss_fn, device) for _ in range(2)]
    return {"losses": losses, "weight": model[0].weight.detach()}


def setting(rng, *sizes):
    weight = torch.randn(2, 3, generator=rng, dtype=torch.float64)
    draw = [torch.randn(2, n, 3, generator=rng, dtype=torch.float64) for n in sizes]
    return weight, [(x, y[:, :2]) for x, y in draw]


def test_two_epochs(student, reference, same, run, rng):
    """Mean losses per sample, as Python floats, and weights after two epochs."""
    for device, sizes in (("cuda", (4, 4, 1)), ("cpu", (5, 2))):
        arguments = (*setting(rng, *sizes), device)
        due = trained(reference.epoch_on, *arguments)
        found = run(probe(trained), student.epoch_on, *arguments)
        same(found, due, f"Two epochs of batches of {sizes} samples on {device}", parts={"losses": "epoch"})


@probe
def watched(epoch_on, batches):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        model = (
            torch.nn.Sequential(torch.nn.Linear(3, 64), torch.nn.ReLU(), torch.nn.Linear(64, 2)).double().to("cuda:1")
        )
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        modes = []
        model.register_forward_hook(lambda module, given, result: modes.append(module.training))
        model.eval()
        before = machine.counts
        epoch_on(model, batches, optimizer, torch.nn.MSELoss(), "cuda:1")
        found = machine.counts - before
    reads = found.synchronising_reads + found.synchronisations
    sent = sum(t.nbytes for batch in batches for t in batch)
    # one number more may cross: a zero that was made on the CPU, to add the losses to
    return {
        "one copy for each tensor of a batch": 8 <= found.host_to_device <= 9,
        "the weights stay where they are": found.host_to_device_bytes <= sent + 8 and found.device_to_device == 0,
        "values read beyond one": max(reads - 1, 0),
        "training mode": modes,
    }


def test_what_crosses(student, same, run, rng):
    """The batches cross once, the weights not at all; at most one value is read; the model is in training mode."""
    _, batches = setting(rng, 8, 8, 8, 3)
    due = {
        "one copy for each tensor of a batch": True,
        "the weights stay where they are": True,
        "values read beyond one": 0,
        "training mode": [True] * 4,
    }
    same(run(watched, student.epoch_on, batches), due, "In an epoch of four batches", parts={"training mode": "batch"})
