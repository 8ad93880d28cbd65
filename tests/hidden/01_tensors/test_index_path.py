import torch


def test_one_index_per_axis(student, reference, agree, rng):
    """The path has one Python int per axis, for any rank."""
    cube = torch.randperm(24, generator=rng).reshape(2, 3, 4)
    table = torch.randperm(20, generator=rng).reshape(5, 4)
    agree(
        student.index_path,
        reference.index_path,
        {
            "a vector": (torch.randperm(9, generator=rng), 4),
            "a matrix": (table, 13),
            "rank 3": (cube, 17),
            "a scalar": (torch.tensor(3.5), 3.5),
            "a row": (torch.tensor([[5, 3, 4]]), 4),
            "a column": (torch.tensor([[5], [3], [4]]), 3),
        },
        parts="index",
        dtypes="real",
        layouts=["sliced", "expanded"],
    )


def test_the_first_of_several(student, reference, agree):
    """Of several matches the first in reading order counts."""
    repeated = torch.tensor([[0, 2, 1], [1, 2, 2], [2, 0, 1]])
    agree(student.index_path, reference.index_path, [(repeated, 1), (repeated, 2), (repeated.T, 1)], parts="index")


def test_not_a_neighbour(student, reference, agree):
    """A number that is nearly the value is no match, in wide types either."""
    close = torch.tensor([1.0, 1.0 + 2**-20, 3.0])
    near = torch.tensor([[1.0 + 1e-12, 1.0], [2.0, 1.0 - 1e-12]], dtype=torch.float64)
    large = torch.tensor([2**40, 2**40 + 1, 2**40 + 2])
    largest = torch.tensor([[2**53, 2**53 + 1], [-(2**60), 1 - 2**60]])
    cases = [
        (close, 1.0 + 2**-20),
        (near, 1.0),
        (near, 2.0),
        (large, 2**40 + 1),
        (large, 2**40 + 2),
        (largest, 2**53 + 1),
        (largest, 1 - 2**60),
    ]
    agree(student.index_path, reference.index_path, cases, parts="index")
