from grader import mistake


@mistake("MP304", "Leaves places open", hint="Put a guess in the place of each `...`: it need not be right.")
def guess_digits():
    return {"untrained": ..., "after 1 epoch": ..., "after 20 epochs": ...}


@mistake("MP305", "Predicts two of the three", hint="One of the three names has nothing under it.")
def guess_digits():
    return {"untrained": 10.0, "after 20 epochs": 99.0}


@mistake("MP306", "Says words in the place of numbers", hint="A number for each, however uncertain.")
def guess_digits():
    return {"untrained": "none", "after 1 epoch": "half", "after 20 epochs": "nearly all"}
