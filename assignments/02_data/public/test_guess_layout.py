def test_is_made(student, predicts):
    """There is a prediction for each of the three: a tuple of whole numbers, whatever they are."""
    predicts(student.guess_layout, dict.fromkeys(("photo", "permuted", "reshaped"), (0,)))
