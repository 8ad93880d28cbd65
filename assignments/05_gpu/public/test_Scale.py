import torch

from grader import probe


@probe
def described(scale, device):
    layer = scale(2, device=device)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([2.0, 3.0]))
    return {
        "parameters": sorted(name for name, _ in layer.named_parameters()),
        "result": layer(torch.tensor([1.0, 10.0]).to(device)).detach(),
    }


def test_on_a_card(student, same, run):
    """Two parameters; with the weights 2 and 3 it makes 2 and 30 of 1 and 10."""
    due = {"parameters": ["bias", "weight"], "result": torch.tensor([2.0, 30.0]).to("cuda")}
    same(run(described, student.Scale, "cuda"), due, "Scale(2) on a card")
