def test_is_made(student, reference, predicts, draw):
    """There is a prediction for both: a whole number, whatever it is."""
    came = reference.guess_road()
    draw.beside("Your prediction of the digits", predicts(student.guess_road, came), came)
