import torch


def test_a_class_for_each_row(student, reference, agree, rng):
    """Each row gives the place of its largest score, as int64."""
    agree(
        student.predict_rows,
        reference.predict_rows,
        {
            "seven rows": (torch.randn(7, 4, generator=rng),),
            "a square table": (torch.randn(5, 5, generator=rng),),
            "a single row": (torch.randn(1, 6, generator=rng),),
            "one class": (torch.randn(3, 1, generator=rng),),
            "one row, one class": (torch.randn(1, 1, generator=rng),),
            "scores below 0": (-torch.rand(6, 5, generator=rng) - 1,),
            "scores above 0": (torch.rand(6, 5, generator=rng) + 1,),
            "scores around 20": (torch.tensor([[20.0, 21.0, 0.0], [19.0, 20.0, 22.0]]),),
            "large scores": (torch.tensor([[200.0, 201.0, 0.0], [-400.0, -300.0, -301.0]]),),
            "scores that nearly tie": (torch.tensor([[1.0, 1.0001, 0.0], [5.001, 5.0, 5.002]]),),
            "large scores that nearly tie": (
                torch.tensor([[1e5, 1e5 + 2e-4, 0], [-1e5, -1e5 - 2e-4, -2e5]], dtype=torch.float64),
            ),
            "no rows": (torch.rand(0, 3, generator=rng),),
        },
        dtypes=[torch.float64],
        layouts=["sliced", "expanded"],
    )
