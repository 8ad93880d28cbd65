from grader import alternative


@alternative("predicts something else")
def guess_few():
    return {"1 of each": "from scratch", "20 of each": "new head"}


@alternative("says why")
def guess_few():
    ways = ["new head", "from scratch"]
    return dict(zip(("1 of each", "20 of each", "because"), (*ways, "it must learn more"), strict=True))
