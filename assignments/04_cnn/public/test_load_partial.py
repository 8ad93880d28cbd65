import torch

from grader import probe


@probe
def loaded(load_partial):
    net = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 3))
    weights = {"0.weight": torch.ones(2, 2), "1.weight": torch.ones(5, 2), "old.bias": torch.ones(2)}
    report = load_partial(net, weights)
    return {"report": report, "loaded": bool((net[0].weight == 1).all())}


def test_one_fits(student, same, run):
    """One weight fits, one has another shape, one has another name."""
    due = {"report": (["0.bias", "1.weight", "1.bias"], ["1.weight", "old.bias"]), "loaded": True}
    same(
        run(loaded, student.load_partial),
        due,
        "After load_partial",
        parts={"report": {"without weights": "name", "left over": "name"}},
    )
