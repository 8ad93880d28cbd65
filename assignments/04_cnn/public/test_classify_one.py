import torch

from grader import probe


@probe
def asked(predict_proba, classify_one):
    net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 2, bias=False))
    with torch.no_grad():
        net[1].weight.copy_(torch.tensor([[0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]]))
    pictures = torch.ones(2, 1, 2, 2)
    return {"shape": list(predict_proba(net, pictures).shape), "one": classify_one(net, pictures[0], ["cat", "dog"])}


def test_cat_or_dog(student, same, run):
    """The scores 0 and 1: a dog with a probability of 0.7311."""
    due = {"shape": [2, 2], "one": ("dog", 0.7310585975646973)}
    same(run(asked, student.predict_proba, student.classify_one), due, "Shape and answer")
