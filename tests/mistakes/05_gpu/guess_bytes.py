from grader import mistake


@mistake("MG516", "Leaves places open", hint="Put a guess in the place of each `...`: it need not be right.")
def guess_bytes():
    return {"floats": ..., "pictures_on": ..., "grid_on": ...}


@mistake("MG517", "Says the numbers without the names", hint="Say what each belongs to: a dict with the three names as its keys.")
def guess_bytes():
    return [98304, 24576, 0]


@mistake("MG518", "Says the numbers as text", hint="A whole number stands there without quotes and without a unit.")
def guess_bytes():
    return {"floats": "98304 bytes", "pictures_on": "24576 bytes", "grid_on": "0 bytes"}


@mistake("MG519", "Predicts two of the three", hint="One of the three names has nothing under it. Nothing that crosses is 0.")
def guess_bytes():
    return {"floats": 98304, "pictures_on": 24576}
