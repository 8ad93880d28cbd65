def test_network_a(student, same):
    """Network A, as in the text."""
    due = [("conv", 1, 6, 5), ("conv", 6, 12, 5), ("linear", 192, 120), ("linear", 120, 60), ("linear", 60, 10)]
    same(student.layer_plan((1, 28, 28), [(6, 5), (12, 5)], [120, 60], 10), due, "The plan of A", parts="layer")


def test_oblong(student, same):
    """Pictures in colour of 10×6 pixels: a 3×3 convolution and a pooling leave 4×2, on four channels 32 numbers."""
    due = [("conv", 3, 4, 3), ("linear", 32, 2)]
    same(student.layer_plan((3, 10, 6), [(4, 3)], [], 2), due, "layer_plan((3, 10, 6), [(4, 3)], [], 2)", parts="layer")
