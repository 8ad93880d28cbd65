def test_plans(student, reference, agree):
    """Channels and sizes follow from the data and from the layers before."""
    agree(
        student.layer_plan,
        reference.layer_plan,
        {
            "network B": ((3, 32, 32), [(6, 5), (16, 5)], [120, 84], 10),
            "pictures that are wider than high": ((1, 20, 33), [(4, 3)], [50], 3),
            "sizes that do not work out": ((2, 27, 30), [(8, 4), (5, 2), (7, 3)], [], 4),
            "no convolution": ((3, 8, 8), [], [16], 2),
            "nothing but the last layer": ((1, 6, 5), [], [], 7),
        },
        parts="layer",
    )
