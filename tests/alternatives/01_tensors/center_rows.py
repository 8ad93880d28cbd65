from grader import alternative


@alternative("unsqueezes the means")
def center_rows(x):
    return x - x.mean(1)[:, None]


@alternative("works on the transpose")
def center_rows(x):
    return (x.T - x.mean(1)).T
