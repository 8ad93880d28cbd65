import torch


def test_one_element_per_pair(student, reference, agree, rng):
    """Each pair of a row and a column gives one element, repetitions included."""
    t = torch.randn(6, 4, generator=rng)
    rows = torch.randint(0, 6, (9,), generator=rng)
    cols = torch.randint(0, 4, (9,), generator=rng)
    whole = torch.randint(0, 99, (6, 4), generator=rng)
    cases = {
        "nine pairs": (t, rows, cols),
        "four pairs": (t, rows[:4], cols[:4]),
        "whole numbers": (whole, rows, cols),
        "a single pair": (t, rows[:1], cols[:1]),
        "no pairs": (t, rows[:0], cols[:0]),
        "a square table": (t[:4], rows % 4, cols),
        "a single column": (t[:, :1], rows, cols * 0),
    }
    agree(student.pick_pairs, reference.pick_pairs, cases, dtypes="any", layouts=["sliced", "expanded"])
