import torch


def test_one_column(student, same):
    """Trained on 1 and 3, mean 2 and std √2: the test value 5 becomes 3/√2."""
    train, test = torch.tensor([[1.0], [3.0]]), torch.tensor([[5.0]])
    root = torch.tensor(2.0).sqrt()
    due = (torch.tensor([[-1.0], [1.0]]) / root, torch.tensor([[3.0]]) / root)
    same(student.standardise_columns(train, test), due, "standardise_columns(train, test)")
