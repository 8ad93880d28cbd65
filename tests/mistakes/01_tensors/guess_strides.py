from grader import mistake


@mistake("MP101", "Leaves places open", hint="Put a guess in the place of each `...`: it need not be right.")
def guess_strides():
    return {"nine": ..., "square": ..., "square[1:, 1:]": ..., "square.T": ...}


@mistake("MP102", "Says one number for each", hint="A stride is a tuple with one number for each axis, `(2,)` for a single one.")
def guess_strides():
    return {"nine": 1, "square": 3, "square[1:, 1:]": 3, "square.T": 1}


@mistake("MP103", "Says the strides without the names", hint="Say what each belongs to: a dict with the four names as its keys.")
def guess_strides():
    return [(1,), (3, 1), (3, 1), (1, 3)]


@mistake("MP104", "Predicts three of the four", hint="One of the four names has nothing under it.")
def guess_strides():
    return {"nine": (1,), "square": (3, 1), "square[1:, 1:]": (3, 1)}
