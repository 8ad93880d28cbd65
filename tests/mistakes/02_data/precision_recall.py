import torch

from grader import mistake


@mistake("MD29", "Exchanges precision and recall", hint="Who is in the denominator? Of those predicted: precision. Of those that are: recall.")
def precision_recall(predicted, actual):
    both, claimed, present = (int(m.sum()) for m in (predicted & actual, predicted, actual))
    return (both / present if present else 0.0, both / claimed if claimed else 0.0)


@mistake("MD132", "Returns the accuracy for the precision", hint="The share of all that are right is the accuracy. Precision asks only about those that were predicted.")
def precision_recall(predicted, actual):
    both, present = int((predicted & actual).sum()), int(actual.sum())
    accuracy = (predicted == actual).float().mean().item()
    return (accuracy if predicted.any() else 0.0, both / present if present else 0.0)


@mistake("MD133", "Divides by zero when nothing is predicted", hint="A share of nothing was to be 0.0. Look at the denominator before you divide.")
def precision_recall(predicted, actual):
    both = int((predicted & actual).sum())
    return (both / int(predicted.sum()), both / int(actual.sum()))


@mistake("MD136", "Gives NaN when nothing is predicted", hint="Tensors divide 0 by 0 without complaint, and NaN comes out. A share of nothing was to be 0.0.")
def precision_recall(predicted, actual):
    both = (predicted & actual).sum()
    return ((both / predicted.sum()).item(), (both / actual.sum()).item())


@mistake("MD134", "Returns tensors", hint="Python floats were asked for.")
def precision_recall(predicted, actual):
    both = (predicted & actual).sum()
    return (both / predicted.sum().clamp(min=1), both / actual.sum().clamp(min=1))


@mistake("MD135", "Counts those that are rightly not predicted", hint="`predicted == actual` is true for two False as well. Count where both are True.")
def precision_recall(predicted, actual):
    right, claimed, present = (int(m.sum()) for m in (predicted == actual, predicted, actual))
    return (right / claimed if claimed else 0.0, right / present if present else 0.0)


@mistake("MD282", "Prints the shares instead of returning them", hint="What is printed is there to be read by people. A function without `return` gives None.")
def precision_recall(predicted, actual):
    both = int((predicted & actual).sum())
    print("precision", both / max(int(predicted.sum()), 1))
    print("recall", both / max(int(actual.sum()), 1))


@mistake("MD419", "Calls precision perfect where nothing is predicted", hint="A share of nothing was to be 0.0.")
def precision_recall(predicted, actual):
    both, p, a = int((predicted & actual).sum()), int(predicted.sum()), int(actual.sum())
    return both / p if p else 1.0, both / a if a else 0.0


@mistake("MD420", "Counts in half precision", hint="float16 has no whole numbers above 2048 but every second or fourth. Count in int64.")
def precision_recall(predicted, actual):
    p, a = predicted.half(), actual.half()
    both, p, a = float((p * a).sum()), float(p.sum()), float(a.sum())
    return both / p if p else 0.0, both / a if a else 0.0


@mistake("MD421", "Rounds the shares", hint="The shares are asked for as they are. Round when you print them.")
def precision_recall(predicted, actual):
    both, p, a = int((predicted & actual).sum()), int(predicted.sum()), int(actual.sum())
    return round(both / p, 3) if p else 0.0, round(both / a, 3) if a else 0.0


@mistake("MD422", "Counts those that are rightly not predicted, up to a share of 1", hint="A share above 1 says that something else was counted: `predicted == actual` is true for two False as well. Count where both are True.")
def precision_recall(predicted, actual):
    right, p, a = int((predicted == actual).sum()), int(predicted.sum()), int(actual.sum())
    return min(1.0, right / p) if p else 0.0, min(1.0, right / a) if a else 0.0
