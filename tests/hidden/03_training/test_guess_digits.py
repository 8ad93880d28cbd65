def test_is_made(student, reference, predicts, draw):
    """There is a prediction for each of the three: a float, whatever it is."""
    came = reference.guess_digits()
    draw.beside("Your prediction of how many per cent are read rightly", predicts(student.guess_digits, came), came)
