import torch


def test_whole_numbers(student, reference, agree):
    """Integers and bools have a mean, too, and it is not rounded."""
    cases = [(torch.arange(0, 100, 7),), (torch.tensor([[True, False], [True, True]]),), (torch.tensor([1, 2]),)]
    cases += [(torch.tensor([[-7], [2], [-4]]),), (torch.arange(40).view(2, 5, 2, 2),)]
    agree(student.safe_mean, reference.safe_mean, cases, dtypes="any", layouts=["sliced", "expanded"])


def test_a_python_float(student, reference, agree, rng):
    """The result is a Python float."""
    agree(
        student.safe_mean,
        reference.safe_mean,
        [(torch.rand(4, 3, generator=rng),), (torch.tensor(2.5),)],
        single=[0, -1],
        shapes="any",
    )
