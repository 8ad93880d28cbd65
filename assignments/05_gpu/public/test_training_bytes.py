import torch

from grader import probe


@probe
def for_a_layer(training_bytes, optimizer):
    return training_bytes(torch.nn.Linear(3, 2), optimizer)


def test_one_layer(student, same, run):
    """A layer of 8 float32 parameters: 32 bytes of weights, 32 of gradients, and 64 of memory with Adam."""
    for optimizer, due in (("sgd", 64), ("momentum", 96), ("adam", 128)):
        same(run(for_a_layer, student.training_bytes, optimizer), due, f"Linear(3, 2) with {optimizer}")
