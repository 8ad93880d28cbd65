def test_is_made(student, reference, predicts, draw):
    """There is a prediction for each of the three: a float, whatever it is."""
    came = reference.guess_trail()
    draw.beside("Your prediction of the gradient", predicts(student.guess_trail, came), came)
