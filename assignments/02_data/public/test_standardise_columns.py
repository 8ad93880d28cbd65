import torch


def test_two_columns(student, same):
    """Trained on 1 and 3, mean 2 and std √2: the test value 5 becomes 3/√2. A constant column is only centred."""
    train, test = torch.tensor([[1.0, 7.0], [3.0, 7.0]]), torch.tensor([[5.0, 8.0], [7.0, 9.0]])
    root = torch.tensor(2.0).sqrt()
    due = (torch.tensor([[-1.0, 0.0], [1.0, 0.0]]) / root, torch.tensor([[3.0, root], [5.0, 2 * root]]) / root)
    same(student.standardise_columns(train, test), due, "standardise_columns(train, test)")


def test_ten_equal_numbers(student, same):
    """Ten rows of 138.7 are a constant column, whatever their computed spread: 139.7 becomes about 1."""
    _, test = student.standardise_columns(torch.full((10, 1), 138.7), torch.tensor([[139.7]]))
    same(test.round(decimals=2), torch.tensor([[1.0]]), "139.7, rounded to two decimals")
