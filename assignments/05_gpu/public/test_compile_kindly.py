import torch

from grader import probe


@probe
def refused(compile_kindly):
    import warnings
    from unittest.mock import patch

    def double(x):
        return 2 * x

    def fails(*args, **kwargs):
        raise RuntimeError("no compiler")

    with patch.object(torch, "compile", fails), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        found = compile_kindly(double, torch.ones(2))
    return {"the function itself": found is double, "warned": len(warned) > 0}


def test_no_compiler(student, same, run):
    """Where `torch.compile` raises, the function itself comes back, with a warning."""
    same(run(refused, student.compile_kindly), {"the function itself": True, "warned": True}, "Without a compiler")
