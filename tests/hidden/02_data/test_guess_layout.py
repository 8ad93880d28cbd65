def test_is_made(student, reference, predicts, draw):
    """There is a prediction for each of the three: a tuple of whole numbers, whatever they are."""
    came = reference.guess_layout()
    draw.beside("Your prediction of the strides", predicts(student.guess_layout, came), came)
