def test_fields(student, reference, agree):
    """The field of chains of convolutions and poolings, also of none."""
    agree(
        student.receptive_field,
        reference.receptive_field,
        {
            "no layer": ([],),
            "one convolution": ([(7, 1)],),
            "a stride at the end": ([(3, 1), (5, 2)],),
            "a stride at the start": ([(11, 4), (3, 1)],),
            "network A": ([(5, 1), (2, 2), (5, 1), (2, 2)],),
            "two strides, and convolutions between": ([(3, 2), (3, 1), (3, 3), (5, 1), (3, 1)],),
            "a 1×1 convolution with a stride": ([(1, 3), (4, 1)],),
        },
    )
