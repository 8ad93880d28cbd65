import warnings

import torch

from grader import mistake


@mistake("MG310", "Trusts the compiler", hint="It may fail, and not before the first call. Try it with the example.")
def compile_kindly(fn, *example):
    fn(*example)
    return torch.compile(fn)


@mistake("MG311", "Does not try the first call", hint="`torch.compile` itself hardly ever fails. The first call does.")
def compile_kindly(fn, *example):
    fn(*example)
    try:
        return torch.compile(fn)
    except Exception as error:
        warnings.warn(str(error))
        return fn


@mistake("MG312", "Does not compare the numbers", hint="A fast function that gives something else is of no use. Compare with the result of `fn`.")
def compile_kindly(fn, *example):
    fn(*example)
    try:
        fast = torch.compile(fn)
        fast(*example)
        return fast
    except Exception as error:
        warnings.warn(str(error))
        return fn


@mistake("MG313", "Wants every digit to be the same", hint="A compiler may change the order of operations. `torch.allclose` allows for rounding.")
def compile_kindly(fn, *example):
    due = fn(*example)
    try:
        fast = torch.compile(fn)
        if torch.equal(fast(*example), due):
            return fast
        why = "other numbers"
    except Exception as error:
        why = str(error)
    warnings.warn(why)
    return fn


@mistake("MG314", "Keeps quiet about it", hint="Whoever waits for speed should learn that there is none: `warnings.warn`.")
def compile_kindly(fn, *example):
    due = fn(*example)
    try:
        fast = torch.compile(fn)
        if torch.allclose(fast(*example), due):
            return fast
    except Exception:
        pass
    return fn


@mistake("MG315", "Catches RuntimeError only", hint="Compilers raise many kinds of exceptions. Here, for once, `except Exception` is right.")
def compile_kindly(fn, *example):
    due = fn(*example)
    why = "other numbers"
    try:
        fast = torch.compile(fn)
        if torch.allclose(fast(*example), due):
            return fast
    except RuntimeError as error:
        why = str(error)
    warnings.warn(why)
    return fn


@mistake("MG316", "Swallows the function's own errors", hint="If `fn` itself fails for the example, that is not the compiler's fault. Call it outside of the `try`.")
def compile_kindly(fn, *example):
    try:
        due = fn(*example)
        fast = torch.compile(fn)
        if torch.allclose(fast(*example), due):
            return fast
        why = "other numbers"
    except Exception as error:
        why = str(error)
    warnings.warn(why)
    return fn


@mistake("MG317", "Never compiles", hint="If compiling works and the numbers agree, return what `torch.compile` made.")
def compile_kindly(fn, *example):
    fn(*example)
    warnings.warn("not compiled")
    return fn


@mistake("MG318", "Warns in any case", hint="A warning says that something is not as wished. If it works, say nothing.")
def compile_kindly(fn, *example):
    due = fn(*example)
    warnings.warn("trying to compile")
    try:
        fast = torch.compile(fn)
        return fast if torch.allclose(fast(*example), due) else fn
    except Exception:
        return fn


@mistake("MG351", "Compares outside of the try", hint="`torch.allclose` raises for other shapes or dtypes. That, too, is an Exception on the way: compare inside of the `try`.")
def compile_kindly(fn, *example):
    due = fn(*example)
    try:
        fast = torch.compile(fn)
        found = fast(*example)
    except Exception as error:
        warnings.warn(f"not compiled: {error}")
        return fn
    if torch.allclose(found, due):
        return fast
    warnings.warn("not compiled: other numbers")
    return fn


@mistake("MG352", "Swallows what is no Exception", hint="A bare `except` catches a KeyboardInterrupt as well, and the program cannot be stopped. Write `except Exception`.")
def compile_kindly(fn, *example):
    due = fn(*example)
    try:
        fast = torch.compile(fn)
        if torch.allclose(fast(*example), due):
            return fast
    except:  # noqa: E722
        pass
    warnings.warn("not compiled")
    return fn


@mistake("MG439", "Says nothing about other numbers", hint="Where the numbers differ, a warning was asked for as well.")
def compile_kindly(fn, *example):
    expected = fn(*example)
    try:
        fast = torch.compile(fn)
        same = torch.allclose(fast(*example), expected)
    except Exception as error:
        warnings.warn(f"torch.compile does not work here: {error}")
        return fn
    return fast if same else fn


@mistake("MG474", "Calls the compiled function outside of the try", hint="Compiling may fail at the first call of what `torch.compile` returned. That call belongs into the `try` as well.")
def compile_kindly(fn, *example):
    due = fn(*example)
    try:
        fast = torch.compile(fn)
    except Exception as error:
        warnings.warn(str(error))
        return fn
    if not torch.allclose(fast(*example), due):
        warnings.warn("other numbers")
        return fn
    return fast


@mistake("MG475", "Allows for more than torch.allclose does", hint="`torch.allclose` without further arguments says what is close enough.")
def compile_kindly(fn, *example):
    due = fn(*example)
    try:
        fast = torch.compile(fn)
        if torch.allclose(fast(*example), due, rtol=1e-2, atol=1e-2):
            return fast
        why = "other numbers"
    except Exception as error:
        why = str(error)
    warnings.warn(why)
    return fn
