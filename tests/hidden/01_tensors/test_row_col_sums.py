import torch


def test_columns_first(student, reference, agree, rng):
    """The column sums come first and have one number per column."""
    cases = [(torch.randn(3, 5, generator=rng),), (torch.randint(0, 9, (4, 4), generator=rng),)]
    cases += [(torch.randint(-(2**45), 2**45, (2, 3), generator=rng),)]
    agree(
        student.row_col_sums,
        reference.row_col_sums,
        cases,
        dtypes="floating",
        layouts=["sliced", "expanded"],
        single=[0, 1],
        parts="column sums, row sums",
    )
