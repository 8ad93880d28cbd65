from grader import mistake


@mistake("MP105", "Leaves places open", hint="Put a guess in the place of each `...`: it need not be right.")
def guess_shapes():
    return {"(3, 1) + (1, 4)": ..., "(4,) + (3, 4)": ..., "(4, 3) + (4,)": ..., "(5, 1, 2) + (3, 1)": ...}


@mistake("MP106", "Says how many numbers each has", hint="A shape is a tuple with one size for each axis, `(2,)` for a single one.")
def guess_shapes():
    return {"(3, 1) + (1, 4)": 12, "(4,) + (3, 4)": 12, "(4, 3) + (4,)": None, "(5, 1, 2) + (3, 1)": 30}


@mistake("MP107", "Says in words what does not fit", hint="`None`, without quotes, says that two shapes do not fit.")
def guess_shapes():
    return {"(3, 1) + (1, 4)": (3, 4), "(4,) + (3, 4)": (3, 4), "(4, 3) + (4,)": "error", "(5, 1, 2) + (3, 1)": (5, 3, 2)}


@mistake("MP108", "Predicts three of the four", hint="One of the four sums has nothing under it.")
def guess_shapes():
    return {"(3, 1) + (1, 4)": (3, 4), "(4,) + (3, 4)": (3, 4), "(5, 1, 2) + (3, 1)": (5, 3, 2)}
