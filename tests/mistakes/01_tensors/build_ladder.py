import torch

from grader import mistake


@mistake("MT01", "Uses torch.Tensor, which always makes floats", hint="The class with the capital T uses the default float type; the lowercase function infers.")
def build_ladder():
    return (
        torch.Tensor([7])[0],
        torch.Tensor([7, 7]),
        torch.Tensor([[7, 8], [9, 10]]),
        torch.Tensor([[[1, 2, 3], [3, 6, 9], [2, 4, 5]]]),
    )


@mistake("MT62", "Puts the scalar into brackets", hint="One opening bracket is one axis. A scalar has none.")
def build_ladder():
    return (
        torch.tensor([7]),
        torch.tensor([7, 7]),
        torch.tensor([[7, 8], [9, 10]]),
        torch.tensor([[[1, 2, 3], [3, 6, 9], [2, 4, 5]]]),
    )


@mistake("MT63", "Leaves an axis out of the last tensor", hint="Count the opening brackets of the last one: there are three.")
def build_ladder():
    return (
        torch.tensor(7),
        torch.tensor([7, 7]),
        torch.tensor([[7, 8], [9, 10]]),
        torch.tensor([[1, 2, 3], [3, 6, 9], [2, 4, 5]]),
    )


@mistake("MT537", "Gives each row of the last tensor brackets of its own", hint="The last tensor is one matrix of three rows: the brackets around the whole come twice, those around a row once.")
def build_ladder():
    last = torch.tensor([[1, 2, 3], [3, 6, 9], [2, 4, 5]]).unsqueeze(1)
    return torch.tensor(7), torch.tensor([7, 7]), torch.tensor([[7, 8], [9, 10]]), last
