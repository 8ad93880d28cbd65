def test_is_made(student, predicts):
    """There is a prediction for each of the four: a tuple of whole numbers, or None."""
    four = ("(3, 1) + (1, 4)", "(4,) + (3, 4)", "(4, 3) + (4,)", "(5, 1, 2) + (3, 1)")
    predicts(student.guess_shapes, dict.fromkeys(four, (0,)), choices=[None])
