from grader import mistake


@mistake("MX01", "Adds 2", hint="Twice is times 2.")
def double(t):
    return t + 2


@mistake("MX02", "Doubles in place", hint="Return a new tensor.")
def double(t):
    return t.mul_(2)
