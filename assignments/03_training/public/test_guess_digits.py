def test_is_made(student, predicts):
    """There is a prediction for each of the three: a float, whatever it is."""
    predicts(student.guess_digits, dict.fromkeys(("untrained", "after 1 epoch", "after 20 epochs"), 0.0))
