from grader import mistake


@mistake("MX05", "Calls mean on integers", hint="Convert first.")
def mean_of(t):
    return t.mean().item()


@mistake("MX06", "Returns a tensor", hint="Take the number out.")
def mean_of(t):
    return t.double().mean()
