import torch


def test_three_tensors(student, same):
    """Data are a constant, a leaf with requires_grad is a parameter; neither has a way down."""
    same(student.role(torch.ones(2)), "constant", "role(torch.ones(2))")
    same(student.role(torch.ones(2, requires_grad=True)), "parameter", "role(torch.ones(2, requires_grad=True))")
    same(student.graph_walk(torch.ones(2)), [], "graph_walk(torch.ones(2))")
