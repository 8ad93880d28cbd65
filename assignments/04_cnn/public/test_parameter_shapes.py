def test_two_layers(student, same):
    """A convolution and a linear layer."""
    shapes = student.parameter_shapes([("conv", 1, 6, 5), ("linear", 60, 10)])
    same(shapes, [(6, 1, 5, 5), (6,), (10, 60), (10,)], "The shapes", parts="shape")
    same(student.total_numbers([(6, 1, 5, 5), (6,)]), 156, "total_numbers([(6, 1, 5, 5), (6,)])")
