import warnings

import torch

from grader import alternative


@alternative("try, else")
def compile_kindly(fn, *example):
    expected = fn(*example)
    try:
        candidate = torch.compile(fn)
        got = candidate(*example)
    except Exception as problem:
        warnings.warn(f"torch.compile did not work: {problem!r}", RuntimeWarning)
    else:
        if got.shape == expected.shape and torch.allclose(got, expected):
            return candidate
        warnings.warn("torch.compile gives other results", RuntimeWarning)
    return fn
