import torch

from grader import probe


@probe
def trained(train_and_validate):
    w = torch.tensor(1.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.25)
    train = torch.tensor([1.0, 1.0]), torch.tensor([3.0, 3.0])
    val = torch.tensor([2.0, 2.0]), torch.tensor([3.0, 3.0])
    return train_and_validate(lambda x, w: w * x, [w], optimizer, train, val, 2)


def test_two_epochs(student, same, run):
    """Two epochs with one parameter: it goes from 1 to 2 to 2.5."""
    same(run(trained, student.train_and_validate), ([4.0, 1.0], [1.0, 1.0]), "The losses of two epochs")
