def test_is_made(student, reference, predicts, draw):
    """There is a prediction for each of the four: a tuple of whole numbers, whatever they are."""
    came = reference.guess_strides()
    draw.beside("Your prediction of the strides", predicts(student.guess_strides, came), came)
