import torch

from grader import probe
from grader.asking.through import through
from grader.asking.variations import DTYPES


@probe
def tried(compile_kindly, machine, x):
    import warnings
    from unittest.mock import patch

    def f(x):
        return x.square() + 1

    def compiled(fn=None, **options):
        if machine == "no compiler":
            raise RuntimeError("no compiler")

        def fast(*args):
            if machine == "fails when called":
                raise RuntimeError("cannot read this code")
            if machine == "lacks a module when called":
                raise ImportError("no module")
            if machine == "slightly different":
                return fn(*args) * (1 + 1e-7)
            if machine == "another shape":
                return torch.cat([fn(*args), fn(*args)])
            if machine == "another dtype":
                return fn(*args).double()
            return fn(*args) + {"wrong numbers": 1.0, "barely wrong numbers": 0.01}.get(machine, 0.0)

        made.append(fast)
        return fast

    made = []
    with patch.object(torch, "compile", compiled), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        found = compile_kindly(f, x)
        result = found(x + 1) if "when called" not in machine or found is f else None
    return {
        "returned": "the function itself" if found is f else "the compiled one" if found in made else "something else",
        "result": result,
        "warned": len(warned) > 0,
    }


def test_taken_if_it_works(student, same, run, rng):
    """A compiled function that works and gives numbers that are close enough is returned, without a warning."""
    x = torch.rand(4, generator=rng)
    for machine, slip in (("works", 0), ("slightly different", 1e-7)):
        due = {"returned": "the compiled one", "result": ((x + 1).square() + 1) * (1 + slip), "warned": False}
        same(
            run(tried, student.compile_kindly, machine, x),
            due,
            f"Where compiling {machine if slip == 0 else 'changes the last digit'}",
        )


def test_left_otherwise(student, same, run, rng):
    """Where compiling or calling fails, or other numbers come out, the function itself is returned, with a warning."""
    x = torch.rand(4, generator=rng)
    for machine in (
        "no compiler",
        "fails when called",
        "lacks a module when called",
        "wrong numbers",
        "barely wrong numbers",
        "another shape",
        "another dtype",
    ):
        due = {"returned": "the function itself", "result": (x + 1).square() + 1, "warned": True}
        same(run(tried, student.compile_kindly, machine, x), due, f"A machine of this kind: {machine}")


@probe
def broken(compile_kindly, x):
    def f(x):
        raise KeyError("mine")

    class Stop(BaseException):
        pass

    def compiled(fn=None, **options):
        def fast(*args):
            raise Stop

        return fast

    from unittest.mock import patch

    found = {"its KeyError is passed on": False, "what is no Exception is passed on": False}
    try:
        compile_kindly(f, x)
    except KeyError:
        found["its KeyError is passed on"] = True
    try:
        with patch.object(torch, "compile", compiled):
            compile_kindly(torch.neg, x)
    except Stop:
        found["what is no Exception is passed on"] = True
    return found


def plain(compile_kindly, *tensors):
    return compile_kindly(lambda *given: given[0] + given[-1], *tensors)(*tensors)


@probe
def calls(compile_kindly, x):
    return [(compile_kindly, torch.neg, x), (compile_kindly, torch.abs, x)]


@probe
def two_arguments(compile_kindly, x, y):
    from unittest.mock import patch

    with patch.object(torch, "compile", lambda fn, **options: fn):
        return compile_kindly(lambda x, y: x - y, x, y)(y, x)


def test_own_errors(student, reference, same, run, agree, untouched, rng):
    """An exception of the function itself is passed on; functions of two arguments work."""
    x, y = torch.rand(2, 3, generator=rng)
    same(
        run(broken, student.compile_kindly, x),
        {"its KeyError is passed on": True, "what is no Exception is passed on": True},
        "For a function that raises a KeyError, and for a compiled one that is interrupted",
    )
    same(run(two_arguments, student.compile_kindly, x, y), y - x, "For a function of two arguments")
    agree(
        through(plain, student.compile_kindly),
        through(plain, reference.compile_kindly),
        {"two vectors": (x - 0.5, y - 0.5), "a matrix": (torch.rand(3, 2, generator=rng),)},
        layouts=("sliced", "expanded"),
        dtypes=[*DTYPES["any"], torch.bfloat16],
        empty=[0],
        single=[0],
        shapes="any",
        graph=True,
    )
    untouched(student.compile_kindly, calls, x)
