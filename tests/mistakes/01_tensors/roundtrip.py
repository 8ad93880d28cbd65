import torch

from grader import mistake


@mistake("MT175", "Returns the tensor without reading the file", hint="The result was to come from the file, not from your argument.")
def roundtrip(t, path):
    torch.save(t, path)
    return t


@mistake("MT176", "Leaves no file behind", hint="Save the tensor under the path, load it from there, and leave the file where it is.")
def roundtrip(t, path):
    return t.clone()
