import torch


def test_four_wines(student, same):
    """With 3 and 7, the qualities 3, 7, 5 and 9 make one bad, one middling and two good wines."""
    inputs = torch.tensor([[10.0], [30.0], [20.0], [50.0]])
    got = student.group_means(inputs, torch.tensor([3, 7, 5, 9]), 3, 7)
    same(got, torch.tensor([[10.0], [20.0], [40.0]]), "The three means")
