import torch


def test_a_python_int(student, reference, agree, rng):
    """The count is right, as a Python int, for any shape."""
    t = torch.randn(6, 5, generator=rng)
    agree(
        student.count_between,
        reference.count_between,
        [(t, 0.5, 9.5), (t, -0.5, 0.5), (t[0], -9, 0.25)],
        dtypes="real",
        shapes="any",
        layouts=["sliced", "expanded"],
        single=[0, -1],
        empty=[0],
    )


def test_limits_do_not_count(student, reference, agree):
    """Elements equal to one of the limits are not between them."""
    t = torch.arange(10).repeat(3)
    agree(student.count_between, reference.count_between, [(t, 3, 7), (t, 0, 9), (t, 8, 9)])


def test_many_small_numbers(student, reference, agree, rng):
    """In a type of small numbers, too, the count may be larger than any of them."""
    t = torch.randint(0, 200, (30, 40), generator=rng, dtype=torch.uint8)
    agree(student.count_between, reference.count_between, [(t, 0, 255), (t, 9, 100), (t, 20, 150)])


def test_near_the_limits(student, reference, agree):
    """Numbers that differ in the last digits are told apart, and whole numbers are compared with fractions."""
    near = torch.tensor([1.0, 1.0 + 1e-12, 1.0 - 1e-12], dtype=torch.float64)
    large = torch.tensor([2**40, 2**40 + 1, 2**40 + 2])
    largest = torch.tensor([2**53, 2**53 + 1, 2**53 + 2])
    whole = torch.tensor([-3, -2, 2, 3])
    cases = [(near, 1.0, 2.0), (near, 0.0, 1.0), (large, 2**40, 2**40 + 2), (whole, -2.5, 2.5), (whole, -3.5, -2.5)]
    cases += [(largest, 2**53, 2**60), (largest, 2**53, 2**53 + 2)]
    agree(student.count_between, reference.count_between, cases)


def test_one_and_none(student, reference, agree):
    """One element between the limits counts 1, and none 0."""
    t = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    cases = [
        (t, 1.5, 2.5),
        (t, 2.25, 2.75),
        (t[:, :1], 3.5, 4.5),
        (t, 5.0, 9.0),
        (t, 7.0, 9.0),
        (t, 0.0, 3.5),
        (t, 5.0, 2.0),
    ]
    agree(student.count_between, reference.count_between, cases)
