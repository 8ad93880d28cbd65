import torch

from grader import probe


@probe
def asked(predict_proba, classify_one):
    net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Dropout(1.0), torch.nn.Linear(4, 2, bias=False))
    with torch.no_grad():
        net[2].weight.copy_(torch.tensor([[0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]]))
    pictures = torch.ones(3, 2, 1, 2)
    shape = list(predict_proba(net, pictures).shape)
    return {"shape": shape, "one": classify_one(net, pictures[0], ["cat", "dog"]), "in training": net.training}


def test_cat_or_dog(student, same, run):
    """A network with dropout, in training mode before and after, gives 0 and 1: a dog with a probability of 0.7311."""
    due = {"shape": [3, 2], "one": ("dog", 0.7310585975646973), "in training": True}
    found = run(asked, student.predict_proba, student.classify_one)
    same(found, due, "Of three pictures with two channels", parts={"one": "name, probability"})
