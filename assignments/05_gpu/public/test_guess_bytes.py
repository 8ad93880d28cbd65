def test_is_made(student, predicts):
    """There is a prediction for each of the three: a whole number, whatever it is."""
    predicts(student.guess_bytes, dict.fromkeys(("floats", "pictures_on", "grid_on"), 0))
