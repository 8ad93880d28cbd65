import torch


def test_whole_numbers(student, reference, agree):
    """Integers and bools have a mean, too, and it is not rounded."""
    cases = [(torch.arange(0, 100, 7),), (torch.tensor([[True, False], [True, True]]),), (torch.tensor([1, 2]),)]
    cases += [(torch.tensor([[-7], [2], [-4]]),), (torch.arange(40).view(2, 5, 2, 2),)]
    agree(student.safe_mean, reference.safe_mean, cases, dtypes="any", layouts=["sliced", "expanded"])


def test_sums_do_not_overflow(student, reference, agree):
    """The mean of large numbers is right though their sum does not fit into their type."""
    large = torch.tensor([60032, 40000]).half()
    cases = [(large,), (torch.full((300,), 250, dtype=torch.uint8),), (torch.tensor([2**31 - 1, 2**31 - 3]).int(),)]
    agree(student.safe_mean, reference.safe_mean, cases)


def test_a_python_float(student, reference, agree, rng):
    """The result is a Python float."""
    agree(
        student.safe_mean,
        reference.safe_mean,
        [(torch.rand(4, 3, generator=rng),), (torch.tensor(2.5),)],
        single=[0, -1],
        shapes="any",
    )
