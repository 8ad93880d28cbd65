import torch

from grader import alternative


@alternative("reshapes and stacks")
def build_ladder():
    scalar = torch.tensor(7)
    return scalar, scalar.repeat(2), torch.arange(7, 11).reshape(2, 2), torch.tensor([1, 2, 3, 3, 6, 9, 2, 4, 5]).view(1, 3, 3)


@alternative("a list, and a class constructor with the right type")
def build_ladder():
    return [torch.LongTensor([7])[0], torch.LongTensor([7, 7]), torch.LongTensor([[7, 8], [9, 10]]), torch.LongTensor([[[1, 2, 3], [3, 6, 9], [2, 4, 5]]])]
