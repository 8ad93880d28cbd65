import torch


def test_the_same_on_a_card(student, same):
    """The same numbers on the CPU and on a card."""
    due = torch.rand(2, 2, generator=torch.Generator().manual_seed(5))
    same(student.draw_then_move((2, 2), 5, "cpu"), due, "On the CPU")
    same(student.draw_then_move((2, 2), 5, "cuda"), due.to("cuda"), "On a card")


def test_exercise(student, same, expect):
    """Under seed 1234 the largest element of the product is at position 3, the smallest at position 0."""
    found = expect(student.extremes(1234, "cuda"), dict)
    same(found.get("argmax"), 3, '"argmax"')
    same(found.get("argmin"), 0, '"argmin"')
