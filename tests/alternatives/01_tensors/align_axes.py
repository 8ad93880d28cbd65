from grader import alternative


@alternative("unsqueezes at the end, then permutes everything")
def align_axes(t, have, want):
    names = list(have)
    for letter in want:
        if letter not in names:
            t = t.unsqueeze(-1)
            names.append(letter)
    return t.permute(*[names.index(letter) for letter in want])
