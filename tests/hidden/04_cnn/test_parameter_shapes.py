def test_shapes(student, reference, agree):
    """Weight and bias of each layer, outputs first."""
    agree(
        student.parameter_shapes,
        reference.parameter_shapes,
        {
            "a convolution": ([("conv", 3, 8, 7)],),
            "a linear layer": ([("linear", 12, 5)],),
            "a network": ([("conv", 1, 4, 3), ("conv", 4, 9, 1), ("linear", 81, 20), ("linear", 20, 2)],),
            "no layers": ([],),
            "layers that fit in no memory": ([("linear", 10**9, 10**9), ("conv", 10**8, 10**8, 3)],),
        },
        parts="shape: size",
    )


def test_totals(student, reference, agree):
    """The numbers of all tensors together, as a Python int."""
    cases = [
        ([(2, 3), (4,)],),
        ([(6, 1, 5, 5), (6,), (10, 60), (10,)],),
        ([(7,)],),
        ([],),
        ([(), (2, 2, 2)],),
        ([(3,), (2, 2), (3,)],),
        ([(0, 3), (2,)],),
        ([(10**5, 10**5)],),
        ([(4097, 4097), (3,)],),
        ([(5001, 5001)],),
        ([(10**9 + 1, 10**9 + 1)],),
    ]
    agree(student.total_numbers, reference.total_numbers, cases)
