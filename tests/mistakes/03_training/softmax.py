import torch

from grader import mistake


@mistake("ML40", "Divides by one sum for everything", hint="Each row has its own sum. Add up along the axis, and keep it.")
def softmax(x, dim):
    powers = (x - x.max()).exp()
    return powers / powers.sum()


@mistake("ML41", "Overflows for large scores", hint=(
    "For large scores the powers are infinite, and infinity divided by infinity is NaN.",
    "Try it with scores of 1000. Does adding the same number to all scores change the result?",
    "It does not. So move the scores first, such that the largest is 0.",
))
def softmax(x, dim):
    return x.exp() / x.exp().sum(dim, keepdim=True)


@mistake("ML205", "Takes the last axis whatever was asked", hint="The argument `dim` says along which axis the results add up to 1.")
def softmax(x, dim):
    return torch.softmax(x, dim=-1)


@mistake("ML206", "Divides the scores by their sum", hint="Scores may be negative. First take powers, then divide.")
def softmax(x, dim):
    return x / x.sum(dim, keepdim=True)


@mistake("ML207", "Subtracts one maximum for everything", hint="If one row has scores around 1000 and another around 0, the powers of the second vanish. Each has its own maximum.")
def softmax(x, dim):
    powers = (x - x.max()).exp()
    return powers / powers.sum(dim, keepdim=True)


@mistake("ML490", 'Subtracts the largest size, whatever its sign', hint='For scores around -1000 all powers vanish, then. Subtract the largest *score*.')
def softmax(x, dim):
    powers = torch.exp(x - x.abs().amax(dim=dim, keepdim=True))
    return powers / powers.sum(dim=dim, keepdim=True)


@mistake("ML491", 'Clamps the scores', hint='Scores of 999 and 1000 become equal. Subtract the largest one instead.')
def softmax(x, dim):
    powers = x.clamp(-80, 80).exp()
    return powers / powers.sum(dim=dim, keepdim=True)


@mistake("ML492", 'Takes the last axis where there are more than two', hint='`dim` says along which axis, for any number of axes.')
def softmax(x, dim):
    return torch.softmax(x, dim=dim if x.dim() <= 2 else -1)
