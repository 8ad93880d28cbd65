import torch


def test_whole_rows_in_order(student, reference, agree, rng):
    """The rows that pass are kept whole and in their order."""
    t = torch.randn(9, 4, generator=rng)
    cases = [(t, 0, 0.5), (t, 3, 0.25), (t.T, 2, 0.625)]
    agree(
        student.rows_above, reference.rows_above, cases, dtypes="real", layouts=["sliced", "expanded"], single=[0, -1]
    )


def test_equal_is_not_above(student, reference, agree):
    """A row that is equal to the threshold does not exceed it."""
    t = torch.tensor([[1, 5], [2, 5], [3, 4], [2, 9]])
    bytes, large = torch.tensor([[255, 1], [254, 2]], dtype=torch.uint8), torch.tensor([[2**63 - 1, 1], [0, 2]])
    cases = [(t, 0, 2), (t, 1, 5), (bytes, 0, 255), (bytes, 0, 254), (large, 0, 2**63 - 1)]
    agree(student.rows_above, reference.rows_above, cases)


def test_fractions_and_near_numbers(student, reference, agree):
    """Whole numbers are compared with fractions, and numbers that differ in the last digits are told apart."""
    whole = torch.tensor([[-3, 1], [-2, 2], [2, 3]])
    near = torch.tensor([[1.0, 5.0], [1.0 + 1e-12, 6.0]], dtype=torch.float64)
    large = torch.tensor([[2**40, 1], [2**40 + 1, 2], [2**53, 3], [2**53 + 1, 4]])
    agree(
        student.rows_above,
        reference.rows_above,
        [(whole, 0, -2.5), (whole, 1, 1.5), (near, 0, 1.0), (large, 0, 2**40), (large, 0, 2**53)],
    )


def test_rows_that_are_alike(student, reference, agree):
    """A row that stands twice is kept twice."""
    t = torch.tensor([[3, 1], [1, 1], [3, 1], [2, 5]])
    agree(student.rows_above, reference.rows_above, [(t, 0, 1), (t, 1, 0)])


def test_one_row_and_none(student, reference, agree, rng):
    """One row stays a table of one row; without any it is a table of shape (0, C)."""
    t = torch.rand(5, 3, generator=rng)
    t[2, 1] = 2.0
    agree(student.rows_above, reference.rows_above, {"one row": (t, 1, 1.5), "no row": (t, 1, 2.5)})
