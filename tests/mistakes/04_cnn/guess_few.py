from grader import mistake


@mistake("MP405", "Leaves places open", hint="Put a guess in the place of each `...`: it need not be right.")
def guess_few():
    return {"1 of each": ..., "20 of each": ...}


@mistake("MP406", "Says shares in the place of the way", hint="It is asked which way is better: one of the two names.")
def guess_few():
    return {"1 of each": 50, "20 of each": 80}


@mistake("MP407", "Has other words", hint="The two ways are called \"new head\" and \"from scratch\" here.")
def guess_few():
    return {"1 of each": "the trained one", "20 of each": "the new one"}


@mistake("MP408", "Predicts one of the two", hint="One of the two labels has nothing under it.")
def guess_few():
    return {"1 of each": "new head"}
