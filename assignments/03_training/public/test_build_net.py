import torch

from grader import probe


@probe
def described(build_net, predict):
    net = build_net(8)
    names = [name for name, _ in net.named_children()]
    return {
        "names": names,
        "parameters": sum(p.numel() for p in net.parameters()),
        "said": list(predict(net, torch.ones(3)).shape),
    }


def test_eight_units(student, same, run):
    """Eight hidden units make 25 parameters in three named parts."""
    due = {"names": ["hidden_linear", "hidden_activation", "output_linear"], "parameters": 25, "said": [3]}
    same(run(described, student.build_net, student.predict), due, "build_net(8), and predict for three inputs")
