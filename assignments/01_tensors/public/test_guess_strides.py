def test_is_made(student, predicts):
    """There is a prediction for each of the four: a tuple of whole numbers, whatever they are."""
    four = ("nine", "square", "square[1:, 1:]", "square.T")
    predicts(student.guess_strides, dict.fromkeys(four, (0,)))
