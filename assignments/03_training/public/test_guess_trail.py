def test_is_made(student, predicts):
    """There is a prediction for each of the three: a float, whatever it is."""
    predicts(student.guess_trail, dict.fromkeys(("after the first", "after the second", "after the third"), 0.0))
