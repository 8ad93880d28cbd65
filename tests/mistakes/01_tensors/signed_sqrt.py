import torch

from grader import mistake


@mistake("MT132", "Takes the root of negative numbers", hint="The root of a negative number is NaN. Take the root of the magnitude.")
def signed_sqrt(t):
    return t.sqrt()


@mistake("MT133", "Loses the sign", hint="The magnitude's root is positive; the sign has to come back.")
def signed_sqrt(t):
    return t.abs().sqrt()


@mistake("MT40", "Takes the root in place", hint="The in-place form cannot change the dtype: integers cannot become floats that way.")
def signed_sqrt(t):
    sign = t.sign()
    return t.abs().sqrt_() * sign


@mistake("MT13e", "Changes the caller's tensor", hint="`abs_` works on the caller's numbers; without the underscore you get your own.")
def signed_sqrt(t):
    sign = t.sign()
    return t.abs_().sqrt() * sign


@mistake("MT346", "Divides by the magnitude, which may be 0", hint="0 / 0 is NaN. `sign()` knows the sign of 0.")
def signed_sqrt(t):
    return t / t.abs().sqrt()


@mistake("MT347", "Casts back to the dtype of the input", hint="A root is a fraction: for int64 the result is float32.")
def signed_sqrt(t):
    return (torch.sign(t) * torch.sqrt(torch.abs(t.double()))).to(t.dtype)
