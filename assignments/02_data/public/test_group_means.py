import torch


def test_four_wines(student, same):
    """With 3 and 7, the qualities 3, 7, 5 and 9 make one bad, one middling and two good wines."""
    table = torch.tensor([[10.0, 3.0], [30.0, 7.0], [20.0, 5.0], [50.0, 9.0]])
    got = student.group_means(table, 3, 7)
    same(got, torch.tensor([[10.0], [20.0], [40.0]]), "The three means")
