def test_is_made(student, reference, predicts, draw):
    """There is a prediction for both: "new head" or "from scratch", whichever it is."""
    came = reference.guess_few()
    draw.beside(
        "Your prediction of the better way",
        predicts(student.guess_few, came, choices=["new head", "from scratch"]),
        came,
    )
