def test_network_a(student, same):
    """Network A, as in the text."""
    due = [("conv", 1, 6, 5), ("conv", 6, 12, 5), ("linear", 192, 120), ("linear", 120, 60), ("linear", 60, 10)]
    same(student.layer_plan((1, 28, 28), [(6, 5), (12, 5)], [120, 60], 10), due, "The plan of A")
