from grader import alternative


@alternative("marks the vector, then unsqueezes")
def view_and_mark(x):
    x[0] = 5
    return x.unsqueeze(0), x


@alternative("reshape of a contiguous vector shares")
def view_and_mark(x):
    row = x.reshape(1, x.numel())
    row[0, 0] = 5
    return row, x
