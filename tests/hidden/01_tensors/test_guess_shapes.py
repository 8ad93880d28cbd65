def test_is_made(student, reference, predicts, draw):
    """There is a prediction for each of the four: a tuple of whole numbers, or None."""
    came = reference.guess_shapes()
    draw.beside("Your prediction of the shapes", predicts(student.guess_shapes, came, choices=[None]), came)
