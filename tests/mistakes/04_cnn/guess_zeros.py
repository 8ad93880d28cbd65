from grader import mistake


@mistake("MP401", "Leaves places open", hint="Put a guess in the place of each `...`: it need not be right.")
def guess_zeros():
    return {"linear": ..., "average": ..., "2×2 pooling": ...}


@mistake("MP402", "Says one number for each", hint="Under each name stands a list, `[0]` for a single shift.")
def guess_zeros():
    return {"linear": 0, "average": 8, "2×2 pooling": 0}


@mistake("MP403", "Says the shifts without the names", hint="Say what each belongs to: a dict with the three names as its keys.")
def guess_zeros():
    return [[0], [-8, -6, -4, -2, 0, 2, 4, 6, 8], [0]]


@mistake("MP404", "Predicts two of the three", hint="One of the three names has nothing under it.")
def guess_zeros():
    return {"linear": [0], "average": [0, 2]}
