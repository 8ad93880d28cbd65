import torch
from torch import nn

from grader import alternative


@alternative("nn.Softmax, and try")
def predict_proba(model, x):
    was_training = model.training
    model.train(False)
    try:
        with torch.inference_mode():
            return nn.Softmax(dim=-1)(model(x))
    finally:
        model.train(was_training)


@alternative("by hand, detached")
def predict_proba(model, x):
    mode = model.training
    scores = model.eval()(x).detach()
    if mode:
        model.train()
    powers = (scores - scores.max(dim=1, keepdim=True).values).exp()
    return powers / powers.sum(1, keepdim=True)


@alternative("max with its place")
def classify_one(model, image, names):
    p, i = predict_proba(model, image[None]).max(dim=1)
    return names[i.item()], float(p)


@alternative("on its own")
def classify_one(model, image, names):
    before = model.training
    with torch.inference_mode():
        p = torch.softmax(model.eval()(image.reshape(1, *image.shape)), dim=1).squeeze(0).tolist()
    model.train(before)
    return max(zip(names, p), key=lambda pair: pair[1])
