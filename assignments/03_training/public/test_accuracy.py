import torch

from grader import probe


@probe
def asked(accuracy):
    model = torch.nn.Sequential(torch.nn.Linear(2, 2, bias=False), torch.nn.Dropout(0.5))
    with torch.no_grad():
        model[0].weight.copy_(torch.eye(2))
    seen = []
    model.register_forward_hook(lambda module, x, y: seen.append((module.training, y.requires_grad)))
    scores = torch.tensor([[2.0, 1.0], [0.0, 5.0], [3.0, 1.0]])
    loader = torch.utils.data.DataLoader(list(zip(scores, [0, 1, 1], strict=True)), batch_size=2)
    share = accuracy(model, loader)
    return {
        "share": share,
        "in training mode": any(training for training, _ in seen),
        "with a graph": any(graph for _, graph in seen),
        "in training mode afterwards": model.training,
    }


def test_two_of_three(student, same, run):
    """Two of three scores are highest at the true class. The model was in training mode, and is so afterwards."""
    due = {"share": 2 / 3, "in training mode": False, "with a graph": False, "in training mode afterwards": True}
    same(run(asked, student.accuracy), due, "accuracy(…) of three samples in two batches")
