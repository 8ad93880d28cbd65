from grader import alternative


@alternative("predicts something else")
def guess_digits():
    return {"untrained": 0.0, "after 1 epoch": 50.5, "after 20 epochs": 100.0}
