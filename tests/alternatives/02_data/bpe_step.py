from grader import alternative


@alternative("counts by hand, merges with an iterator")
def bpe_step(tokens):
    counts = {}
    for left, right in zip(tokens, tokens[1:]):
        counts[left, right] = counts.get((left, right), 0) + 1
    best = sorted(counts, key=counts.get, reverse=True)[0]
    merged = []
    for token in tokens:
        if merged and merged[-1] is not None and (merged[-1], token) == best and not done:
            merged[-1] = merged[-1] + token
            done = True
        else:
            merged.append(token)
            done = False
    return best, merged
