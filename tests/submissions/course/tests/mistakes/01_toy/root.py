from grader import mistake


@mistake("MX03", "Squares", hint="The root undoes the square.")
def root(t):
    return t**2


@mistake("MX04", "Takes the root in place", hint="Mind the underscore.")
def root(t):
    return t.sqrt_()
