from grader import alternative


@alternative("adds it to itself")
def double(t):
    return t + t
