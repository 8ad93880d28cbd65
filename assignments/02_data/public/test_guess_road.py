def test_is_made(student, predicts):
    """There is a prediction for both: a whole number, whatever it is."""
    predicts(student.guess_road, dict.fromkeys(("right of 100", "said wrongly most often"), 0))
