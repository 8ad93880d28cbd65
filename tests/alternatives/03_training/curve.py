import numpy as np
import torch

from grader import alternative


@alternative("no_grad")
def curve(params, xs):
    with torch.no_grad():
        return line(xs, params[0], params[1]).numpy()


@alternative("inference_mode, and NumPy's own conversion")
def curve(params, xs):
    with torch.inference_mode():
        return np.asarray(params[0] * xs + params[1])


@alternative("detached parameters")
def curve(params, xs):
    w, b = params.detach().cpu()
    return (w * xs + b).numpy()
