import torch


def test_one_line(student, same):
    """ "b = a + b" has the words a and b, and three rows."""
    due = (["a", "b"], torch.tensor([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]]))
    same(student.source_one_hot("b = a + b"), due, 'source_one_hot("b = a + b")')
