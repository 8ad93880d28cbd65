import numpy as np
import torch

from grader import alternative


@alternative("with its own functions")
def read_digits(images, w1, w2, b1, b2):
    _, out = two_layer(flatten_images(images[:, None].float() / 16), w1, w2, b1, b2)
    return predict_rows(out)


@alternative("without the last sigmoid, which changes no order")
def read_digits(images, w1, w2, b1, b2):
    x = images.reshape(images.shape[0], -1).to(torch.float32).div(16)
    return torch.addmm(b2, torch.addmm(b1, x, w1).sigmoid(), w2).max(dim=1).indices


@alternative("picture by picture")
def read_digits(images, w1, w2, b1, b2):
    said = []
    for image in images:
        hidden = 1 / (1 + torch.exp(-(image.float().ravel() / 16 @ w1 + b1[0])))
        said.append(int(torch.argmax(hidden @ w2 + b2[0])))
    return torch.tensor(said)


@alternative("in NumPy")
def read_digits(images, w1, w2, b1, b2):
    x = images.numpy().reshape(len(images), -1).astype(np.float64) / 16
    hidden = 1 / (1 + np.exp(-(x @ w1.numpy() + b1.numpy())))
    return torch.from_numpy(np.argmax(hidden @ w2.numpy() + b2.numpy(), axis=1))
