from grader import mistake


@mistake("MP201", "Leaves places open", hint="Put a guess in the place of each `...`: it need not be right.")
def guess_layout():
    return {"photo": ..., "permuted": ..., "reshaped": ...}


@mistake("MP202", "Says one number for each", hint="A stride is a tuple with one number for each axis, three of them here.")
def guess_layout():
    return {"photo": 450, "permuted": 1, "reshaped": 150}


@mistake("MP203", "Says the strides without the names", hint="Say what each belongs to: a dict with the three names as its keys.")
def guess_layout():
    return [(450, 3, 1), (1, 450, 3), (15000, 150, 1)]


@mistake("MP204", "Predicts two of the three", hint="One of the three names has nothing under it.")
def guess_layout():
    return {"photo": (450, 3, 1), "permuted": (1, 450, 3)}
