import torch


def claims(rng, n):
    confidence = torch.rand(n, generator=rng)
    return confidence, torch.rand(n, generator=rng) < confidence**2


def test_gap(student, reference, agree, rng):
    """Gaps of claims and hits, bin by bin, weighted by how many lie in each bin."""
    cases = {
        "many predictions in ten bins": (*claims(rng, 200), 10),
        "few predictions in many bins": (*claims(rng, 6), 25),
        "one bin": (*claims(rng, 20), 1),
        "confidences in the middle": (0.25 + claims(rng, 60)[0] / 2, torch.rand(60, generator=rng) < 0.5, 8),
        "one prediction": (torch.tensor([0.625]), torch.tensor([False]), 4),
    }
    agree(
        student.calibration_gap,
        reference.calibration_gap,
        cases,
        dtypes=[torch.float64],
        layouts=["sliced", "expanded"],
    )


def test_edges(student, reference, agree):
    """A confidence on an edge belongs to the bin above, and 1.0 to the last one."""
    confidence = torch.tensor([0.0, 0.25, 0.25, 0.375, 0.5, 0.75, 1.0, 1.0])
    cases = {
        "edges, mostly right": (confidence, torch.tensor([0, 1, 1, 0, 1, 0, 1, 1]).bool(), 4),
        "edges, mostly wrong": (confidence, torch.tensor([1, 0, 1, 0, 0, 1, 1, 0]).bool(), 4),
        "certainty only": (torch.tensor([1.0, 1.0, 1.0]), torch.tensor([1, 0, 1]).bool(), 2),
    }
    agree(student.calibration_gap, reference.calibration_gap, cases)
