def test_is_made(student, reference, predicts, draw):
    """There is a prediction for each of the three: a whole number, whatever it is."""
    came = reference.guess_bytes()
    draw.beside("Your prediction of the bytes over the bus", predicts(student.guess_bytes, came), came)
