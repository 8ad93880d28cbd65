def test_is_made(student, reference, predicts, draw):
    """There is a prediction for both loops: a whole number, whatever it is."""
    came = reference.guess_waits()
    draw.beside("Your prediction of the waits", predicts(student.guess_waits, came), came)
