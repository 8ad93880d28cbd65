from grader import mistake


@mistake("MP301", "Leaves places open", hint="Put a guess in the place of each `...`: it need not be right.")
def guess_trail():
    return {"after the first": ..., "after the second": ..., "after the third": ...}


@mistake("MP302", "Says the three without their names", hint="Say what each belongs to: a dict with the three names as its keys.")
def guess_trail():
    return [6.0, 12.0, 18.0]


@mistake("MP303", "Says words in the place of numbers", hint="A number for each, however uncertain.")
def guess_trail():
    return {"after the first": "6", "after the second": "12", "after the third": "more"}
