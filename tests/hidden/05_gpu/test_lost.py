import torch


def test_lost(student, reference, agree, rng):
    """Both numbers are right, as ints, whatever is in the tensor and whatever the dtype is."""
    wide = 10 ** (20 * torch.rand(4, 50, generator=rng, dtype=torch.float64) - 10)
    signs = torch.randint(0, 2, wide.shape, generator=rng) * 2 - 1
    special = torch.tensor([0.0, -0.0, float("inf"), -float("inf"), 65504.0, 65510.0, 65535.0, -1e6, 1e-30, -1e-9])
    many = torch.tensor([1e6] * 3001 + [1e-12] * 2051)
    cases = {
        "numbers of every size in float16": (wide * signs, torch.float16),
        "thousands of large and small numbers in float16": (many, torch.float16),
        "numbers of every size in bfloat16": (wide.float() * signs, torch.bfloat16),
        "special numbers in float16": (special, torch.float16),
        "special numbers in bfloat16": (special, torch.bfloat16),
        "double precision in float32": (
            torch.cat([special.double(), torch.tensor([1e-60, 1e60, -1e50]).double()]),
            torch.float32,
        ),
        "very small and very large ones in float32": (
            torch.tensor([1e-60, -1e-50, 1e60, 1.0], dtype=torch.float64),
            torch.float32,
        ),
    }
    agree(
        student.lost,
        reference.lost,
        cases,
        parts="overflown, lost to zero",
        layouts=("sliced", "expanded"),
        dtypes=[torch.float64, torch.float32, torch.float16, torch.bfloat16],
        empty=[0],
        single=[0, 1],
        shapes="any",
        nonfinite=True,
    )


def test_on_a_card(student, reference, agree, rng):
    """It works on a card as well."""
    t = 10 ** (20 * torch.rand(30, generator=rng, dtype=torch.float64) - 10)
    agree(
        student.lost,
        reference.lost,
        [(t.to("cuda"), torch.float16), (-t[:9].to("cuda"), torch.bfloat16)],
        parts="overflown, lost to zero",
    )


def test_scale(student, reference, agree, pure, rng):
    """The largest power of two, for large and small gradients of either sign, which stay as they are."""
    cases = {}
    for exponent in (0, -9, -4, 3, 4, 5, 8):
        grads = torch.randn(3, 4, generator=rng, dtype=torch.float64) ** 5
        # away from the powers of two at which the answer jumps
        largest = 1.5 * 2.0 ** round(3.3 * exponent)
        cases[f"gradients up to {largest:.3g}"] = ((grads / grads.abs().max() * largest * -1).float(),)
    cases["gradients up to 65504 exactly"] = (torch.tensor([[-65504.0, 1.0]]),)
    cases["gradients up to 65504.5"] = (torch.tensor([[1.0, 65504.5]]),)
    cases["a single gradient"] = (torch.tensor(0.3),)
    for power in (2.0**-9, 4.0, 2.0**20):  # float32 has nothing in between: their factor is only half of the power
        cases[f"gradients a little above 65504 / {power:g}"] = (
            torch.tensor([65504 / power]).nextafter(torch.tensor(1e30)),
        )
    # bfloat16 has no 65504: it rounds to 65536
    cases["gradients in bfloat16 up to a power of two"] = (torch.tensor([0.1, -(2.0**-3)], dtype=torch.bfloat16),)
    for power in (2.0**-9, 4.0, 2.0**20):
        just_above = torch.tensor([65504 / power], dtype=torch.float64).nextafter(torch.tensor(1e30).double())
        cases[f"gradients in float64 a little above 65504 / {power:g}"] = (just_above,)
    agree(
        student.safe_scale,
        reference.safe_scale,
        cases,
        layouts=("sliced", "expanded"),
        dtypes="floating",
        single=[0, 1],
        shapes="any",
    )
    pure(student.safe_scale, cases)
