from grader import alternative


@alternative("predicts something else")
def guess_waits():
    return {"epoch_on": 0, "looks": 9}


@alternative("counts in its head")
def guess_waits():
    batches, at_the_end = 4, 1
    return {"looks": batches, "epoch_on": at_the_end}
