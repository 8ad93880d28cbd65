def test_two_examples(student, same):
    """(3, 1) and (4,) make (3, 4); (2, 3) and (2,) do not fit."""
    same(student.broadcast_shape((3, 1), (4,)), (3, 4), "broadcast_shape((3, 1), (4,))")
    same(student.broadcast_shape((2, 3), (2,)), None, "broadcast_shape((2, 3), (2,))")
