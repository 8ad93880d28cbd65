def test_two_layers(student, same):
    """Two 3×3 filters see 5 pixels; with a pooling between them they see 8."""
    same(student.receptive_field([(3, 1), (3, 1)]), 5, "Two filters of 3×3")
    same(student.receptive_field([(3, 1), (2, 2), (3, 1)]), 8, "With a pooling between them")
