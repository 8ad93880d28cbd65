from grader import mistake


@mistake("MG520", "Leaves places open", hint="Put a guess in the place of each `...`: it need not be right.")
def guess_waits():
    return {"looks": ..., "epoch_on": ...}


@mistake("MG521", "Says the numbers without the names", hint="Say what each belongs to: a dict with the two names as its keys.")
def guess_waits():
    return [4, 1]


@mistake("MG522", "Says whether it waits", hint="How often was asked, a whole number for each.")
def guess_waits():
    return {"looks": True, "epoch_on": False}


@mistake("MG523", "Predicts one of the two", hint="One of the two loops has nothing under its name.")
def guess_waits():
    return {"looks": 4}
