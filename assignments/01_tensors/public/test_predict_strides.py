def test_transposed(student, same):
    """A (3, 4, 5) tensor with first and last axis swapped."""
    same(student.predict_strides((3, 4, 5), (2, 1, 0)), (1, 5, 20), "predict_strides((3, 4, 5), (2, 1, 0))")
