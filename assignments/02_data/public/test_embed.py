import torch


def test_a_small_table(student, same):
    """Rows 2 and 0 of a table; and from row 0 to row 1 is as from row 2 to row 3."""
    table = torch.tensor([[0.0, 0.0], [0.0, 1.0], [5.0, 0.0], [5.0, 1.1], [9.0, 9.0]])
    same(student.embed(torch.tensor([2, 0]), table), table[[2, 0]], "embed([2, 0], table)")
    same(student.analogy(table, 0, 1, 2), 3, "analogy(table, 0, 1, 2)")
