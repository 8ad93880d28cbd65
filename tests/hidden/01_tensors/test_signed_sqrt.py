import torch


def test_sign_is_kept(student, reference, agree, rng):
    """Negative elements give the negative root of their magnitude; nothing becomes NaN."""
    t = torch.randn(5, 4, generator=rng) * 10
    agree(
        student.signed_sqrt,
        reference.signed_sqrt,
        [(t,), (torch.tensor([0.0, -9.0, 16.0]),), (t.double(),)],
        dtypes="floating",
        shapes="any",
        layouts=["sliced", "expanded"],
        single=[0, -1],
        empty=[0],
    )


def test_integers(student, reference, agree):
    """Integers give float32."""
    agree(student.signed_sqrt, reference.signed_sqrt, [(torch.tensor([1, -4, 0, 30]),), (torch.arange(6).view(2, 3),)])


def test_argument_stays(student, pure, rng):
    """The tensor that was passed stays as it was."""
    pure(student.signed_sqrt, [(torch.randn(6, generator=rng),)])
