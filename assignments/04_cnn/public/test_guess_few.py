def test_is_made(student, predicts):
    """There is a prediction for both: "new head" or "from scratch", whichever it is."""
    predicts(
        student.guess_few, {"1 of each": "new head", "20 of each": "new head"}, choices=["new head", "from scratch"]
    )
