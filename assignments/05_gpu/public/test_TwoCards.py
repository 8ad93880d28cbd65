import torch

from grader import probe


@probe
def made(two_cards):
    first, second = torch.nn.Linear(1, 1, bias=False), torch.nn.Linear(1, 1, bias=False)
    for layer, value in ((first, 2.0), (second, 5.0)):
        torch.nn.init.constant_(layer.weight, value)
    model = two_cards(first, second, ["cpu", "cuda"])
    return {"weights": [p.detach() for p in model.parameters()], "result": model(torch.tensor([[3.0]])).detach()}


def test_two_devices(student, same, run):
    """The weights 2 on the CPU and 5 on a card make 30 of 3."""
    due = {
        "weights": [torch.tensor([[2.0]]), torch.tensor([[5.0]]).to("cuda")],
        "result": torch.tensor([[30.0]]).to("cuda"),
    }
    same(run(made, student.TwoCards), due, 'TwoCards(first, second, ["cpu", "cuda"])', parts="layer")
