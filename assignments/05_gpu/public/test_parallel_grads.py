import torch

from grader import probe


@probe
def gradient(parallel_grads, devices):
    model = torch.nn.Linear(1, 1, bias=False).to(devices[0])
    torch.nn.init.zeros_(model.weight)
    x, y = torch.ones(3, 1), torch.tensor([[1.0], [1.0], [4.0]])
    parallel_grads(model, x, y, torch.nn.MSELoss(), devices)
    return model.weight.grad


def test_three_samples(student, same, run):
    """The targets 1, 1 and 4, two samples on the first device and one on the second: mean gradient -4."""
    same(run(gradient, student.parallel_grads, ["cpu", "cuda"]), torch.tensor([[-4.0]]), "The gradient")
