import torch

from grader import probe


@probe
def headed(new_head):
    net = torch.nn.Module()
    net.body, net.fc = torch.nn.Linear(5, 4), torch.nn.Linear(4, 1000)
    trained = new_head(net, 10)
    return [list(p.shape) for p in trained], [p.requires_grad for p in net.parameters()], net.fc.out_features


PARTS = {"shapes of the parameters to train": "parameter", "learning": "parameter of the model", "outputs": None}


def test_ten_classes(student, same, run):
    """A thousand classes become ten."""
    same(
        run(headed, student.new_head),
        ([[10, 4], [10]], [False, False, True, True], 10),
        "new_head(net, 10)",
        parts=PARTS,
    )
