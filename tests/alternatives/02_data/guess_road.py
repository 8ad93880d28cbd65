from grader import alternative


@alternative("predicts something else")
def guess_road():
    return {"right of 100": 10, "said wrongly most often": 1}


@alternative("says more than is asked")
def guess_road():
    return {"right of 100": 100, "said wrongly most often": 0, "surely": "perhaps"}
