import torch

from grader import mistake


@mistake("MT17", "Gives one place in the flattened tensor", hint="Without a dim you get a single position in the flattened tensor.")
def predict_rows(scores):
    return scores.argmax()


@mistake("MT20", "Returns the heights instead of the places", hint="`max(dim=1)` gives two things: the first is the height, the second the place.")
def predict_rows(scores):
    values, _ = scores.max(dim=1)
    return values


@mistake("MT142", "Looks for the largest of each column", hint="The dim that you name disappears: for one result per row, the columns must go.")
def predict_rows(scores):
    return scores.argmax(dim=0)


@mistake("MT143", "Takes the smallest score", hint="The prediction is the class with the largest score.")
def predict_rows(scores):
    return scores.argmin(dim=1)


@mistake("MT144", "Keeps the reduced axis", hint="One class per row is a vector of shape (N,).")
def predict_rows(scores):
    return scores.argmax(dim=1, keepdim=True)
