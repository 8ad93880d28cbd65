def test_is_made(student, predicts):
    """There is a prediction for both loops: a whole number, whatever it is."""
    predicts(student.guess_waits, dict.fromkeys(("looks", "epoch_on"), 0))
