import warnings

import torch

from grader import alternative


@alternative("try, else")
def compile_kindly(fn, *example):
    expected = fn(*example)
    try:
        candidate = torch.compile(fn)
        good = torch.allclose(candidate(*example), expected)
    except Exception as problem:
        warnings.warn(f"torch.compile did not work: {problem!r}", RuntimeWarning)
    else:
        if good:
            return candidate
        warnings.warn("torch.compile gives other results", RuntimeWarning)
    return fn
