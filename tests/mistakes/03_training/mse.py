import torch

from grader import mistake


@mistake("ML14", "Broadcasts a column against a vector", hint="(N, 1) minus (N,) is (N, N). Compare the two shapes before you subtract.")
def mse(predicted, target):
    return ((predicted - target) ** 2).mean()


@mistake("ML62", "Adds up instead of averaging", hint="A sum grows with the number of samples; the mean does not.")
def mse(predicted, target):
    if predicted.shape != target.shape:
        raise ValueError
    return ((predicted - target) ** 2).sum()


@mistake("ML101", "Averages sizes instead of squares", hint="That is the mean absolute error. Square the differences.")
def mse(predicted, target):
    if predicted.shape != target.shape:
        raise ValueError
    return (predicted - target).abs().mean()


@mistake("ML59", "Returns a Python number", hint="`.item()` cuts the loss off from its past, and nothing can go backward from a float. Return the tensor.")
def mse(predicted, target):
    if predicted.shape != target.shape:
        raise ValueError
    return ((predicted - target) ** 2).mean().item()


@mistake("ML22", "Cuts the loss off from its past", hint="A detached or rebuilt number has no history. Return the mean itself.")
def mse(predicted, target):
    if predicted.shape != target.shape:
        raise ValueError
    return ((predicted - target) ** 2).mean().detach()


@mistake("ML102", "Takes the largest error for the worst one", hint="A large negative error is a bad one, too. Look at sizes, without the sign.")
def worst_share(errors):
    sizes, squares = errors.abs(), errors**2
    worst = errors.max()
    return (worst / sizes.sum()).item(), (worst**2 / squares.sum()).item()


@mistake("ML103", "Squares the share instead of the errors", hint="The share among the squares is not the square of the share. Square every error first, then compare.")
def worst_share(errors):
    share = (errors.abs().max() / errors.abs().sum()).item()
    return share, share**2


@mistake("ML340", "Makes the caller's errors positive", hint="A method whose name ends with an underscore changes the tensor itself. Leave the errors as they are.")
def worst_share(errors):
    sizes = errors.abs_()
    squares = sizes**2
    return (sizes.max() / sizes.sum()).item(), (squares.max() / squares.sum()).item()


@mistake("ML417", 'Takes the error that is farthest from the mean error', hint='The worst error is the one farthest from zero.')
def worst_share(errors):
    worst = (errors - errors.mean()).abs().argmax()
    sizes = errors.abs().double()
    return (sizes[worst] / sizes.sum()).item(), (sizes[worst] ** 2 / (sizes**2).sum()).item()


@mistake("ML429", 'Compares how many numbers there are', hint='(6, 1) and (6,) have as many numbers, and are different shapes. Compare the shapes.')
def mse(predicted, target):
    if predicted.numel() != target.numel():
        raise ValueError("different sizes")
    return (predicted.reshape(-1) - target.reshape(-1)).pow(2).mean()


@mistake("ML430", 'Compares how many axes there are', hint='(1, 4) and (4, 1) have as many axes, and are different shapes. Compare the shapes.')
def mse(predicted, target):
    if predicted.dim() != target.dim():
        raise ValueError("different shapes")
    return ((predicted - target) ** 2).mean()


@mistake("ML431", 'Adds up over the columns', hint='The mean of all squares was asked for, along every axis.')
def mse(predicted, target):
    if predicted.shape != target.shape:
        raise ValueError("different shapes")
    squares = (predicted - target) ** 2
    if squares.dim() > 0:
        squares = squares.mean(dim=0)
    return squares.sum()


@mistake("ML432", 'Counts all errors that are as large as the worst', hint='The share of a single one was asked for, also when another error is as large.')
def worst_share(errors):
    sizes = errors.abs().double()
    worst = sizes == sizes.max()
    return (sizes[worst].sum() / sizes.sum()).item(), (sizes[worst].square().sum() / sizes.square().sum()).item()
