from grader import mistake


@mistake("MP205", "Leaves places open", hint="Put a guess in the place of each `...`: it need not be right.")
def guess_road():
    return {"right of 100": ..., "said wrongly most often": ...}


@mistake("MP206", "Says words", hint="Both are whole numbers: a count out of 100, and a digit.")
def guess_road():
    return {"right of 100": "most", "said wrongly most often": "eight"}


@mistake("MP207", "Says the numbers without their names", hint="Say what each belongs to: a dict with the two names as its keys.")
def guess_road():
    return 90, 9


@mistake("MP208", "Predicts one of the two", hint="One of the two names has nothing under it.")
def guess_road():
    return {"right of 100": 90}
