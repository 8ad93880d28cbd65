import torch

from grader import probe


@probe
def refused(compile_kindly, how):
    import warnings
    from unittest.mock import patch

    def double(x):
        return 2 * x

    def fails(*args, **kwargs):
        raise RuntimeError("no compiler")

    def errs(*args, **kwargs):
        return lambda x: 3 * x

    with (
        patch.object(torch, "compile", {"fails": fails, "errs": errs}[how]),
        warnings.catch_warnings(record=True) as warned,
    ):
        warnings.simplefilter("always")
        found = compile_kindly(double, torch.ones(2))
    return {"the function itself": found is double, "warned": len(warned) > 0}


def test_no_compiler(student, same, run):
    """Where `torch.compile` raises, the function itself comes back, with a warning."""
    due = {"the function itself": True, "warned": True}
    same(run(refused, student.compile_kindly, "fails"), due, "Without a compiler")


def test_other_numbers(student, same, run):
    """So it does where the compiled function gives other numbers: three times the input, and not twice."""
    due = {"the function itself": True, "warned": True}
    same(run(refused, student.compile_kindly, "errs"), due, "With a compiler that errs")
