def test_four_elements(student, same):
    """Four elements make three shapes of rank 2."""
    same(student.legal_shapes(4, 2), {(1, 4), (2, 2), (4, 1)}, "legal_shapes(4, 2)")
