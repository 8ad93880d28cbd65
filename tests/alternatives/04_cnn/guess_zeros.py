from grader import alternative


@alternative("predicts something else")
def guess_zeros():
    return {"linear": [], "average": (-2, 0, 2), "2×2 pooling": [*range(-8, 9, 2)]}


@alternative("a dict comprehension, and more")
def guess_zeros():
    return {name: [0] for name in ("linear", "average", "2×2 pooling", "all")}
