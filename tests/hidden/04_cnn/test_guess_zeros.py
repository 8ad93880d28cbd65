def test_is_made(student, reference, predicts, draw):
    """There is a prediction for each of the three networks: a list of shifts, whatever they are."""
    came = reference.guess_zeros()
    draw.beside("Your prediction of the shifts that go unnoticed", predicts(student.guess_zeros, came), came)
