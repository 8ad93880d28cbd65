import torch


def test_shares(student, reference, agree, rng):
    """Precision is the share of the predicted ones, recall that of the actual ones, as Python floats."""
    cases = {
        "few predictions": (torch.rand(50, generator=rng) < 0.2, torch.rand(50, generator=rng) < 0.6),
        "many predictions": (torch.rand(40, generator=rng) < 0.8, torch.rand(40, generator=rng) < 0.3),
        "thousands of predictions": (torch.rand(9000, generator=rng) < 0.6, torch.rand(9000, generator=rng) < 0.7),
        "a single prediction": (torch.tensor([True]), torch.tensor([True])),
        "perfect ones": (torch.tensor([True, False, True]), torch.tensor([True, False, True])),
    }
    agree(student.precision_recall, reference.precision_recall, cases, parts="precision, recall")


def test_shares_of_nothing(student, reference, agree, rng):
    """Where nothing is predicted or nothing is there to find, that share is 0."""
    some, none = torch.rand(20, generator=rng) < 0.5, torch.zeros(20, dtype=torch.bool)
    cases = {"nothing predicted": (none, some), "nothing to find": (some, none), "neither": (none, none)}
    agree(
        student.precision_recall,
        reference.precision_recall,
        cases,
        constant=True,  # 0 in all three, by definition
        parts="precision, recall",
        layouts=["sliced", "expanded"],
    )
