from collections import Counter
from itertools import pairwise

from grader import mistake


@mistake("MD170", "Takes another one of several equally frequent pairs", hint="Among equally frequent pairs the one that occurs first counts. What does your way of finding the largest do with a tie?")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair = max(counts, key=lambda p: (counts[p], p))
    merged, i = [], 0
    while i < len(tokens):
        step = 2 if tuple(tokens[i : i + 2]) == pair else 1
        merged.append("".join(tokens[i : i + step]))
        i += step
    return pair, merged


@mistake("MD171", "Merges the first occurrence only", hint="Every occurrence of the pair is joined.")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair = max(counts, key=counts.get)
    i = list(pairwise(tokens)).index(pair)
    return pair, [*tokens[:i], "".join(pair), *tokens[i + 2 :]]


@mistake("MD172", "Uses a token for two merges", hint="\"a a a\" becomes \"aa a\": after a merge, go on behind both of its tokens.")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair = max(counts, key=counts.get)
    merged = []
    for i, token in enumerate(tokens):
        if tuple(tokens[i : i + 2]) == pair:
            merged.append("".join(pair))
        elif i == 0 or tuple(tokens[i - 1 : i + 1]) != pair:
            merged.append(token)
    return pair, merged


@mistake("MD173", "Merges by replacing text", hint="In a string the borders of tokens are gone: the end of one token and the next one look like the pair. Walk over the list.")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair = max(counts, key=counts.get)
    return pair, "|".join(tokens).replace("|".join(pair), "".join(pair)).split("|")


@mistake("MD174", "Merges within the caller's list", hint="What you assign or delete in `tokens` changes the list that was passed. Build a new one.")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair = max(counts, key=counts.get)
    i = 0
    while i < len(tokens) - 1:
        if (tokens[i], tokens[i + 1]) == pair:
            tokens[i : i + 2] = ["".join(pair)]
        i += 1
    return pair, tokens


@mistake("MD175", "Counts only places that do not overlap", hint="In \"a a a\" the pair a a stands at two places. All places count; only the merging takes each token once.")
def bpe_step(tokens):
    counts, last = Counter(), {}
    for i, pair in enumerate(pairwise(tokens)):
        if last.get(pair, -2) < i - 1:
            counts[pair] += 1
            last[pair] = i
    pair = max(counts, key=counts.get)
    merged, i = [], 0
    while i < len(tokens):
        step = 2 if tuple(tokens[i : i + 2]) == pair else 1
        merged.append("".join(tokens[i : i + step]))
        i += step
    return pair, merged


@mistake("MD283", "Finds the pair and does not merge it", hint="The second part of the answer is the list in which the pair has become one token.")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    return max(counts, key=counts.get), list(tokens)


@mistake("MD337", "Counts what pairs look like when they are joined", hint="(\"a\", \"bc\") and (\"ab\", \"c\") are two pairs, although both make \"abc\". Count the pairs themselves.")
def bpe_step(tokens):
    counts = Counter(a + b for a, b in pairwise(tokens))
    best = max(counts, key=counts.get)
    pair = next((a, b) for a, b in pairwise(tokens) if a + b == best)
    out, i = [], 0
    while i < len(tokens):
        if tuple(tokens[i : i + 2]) == pair:
            out.append(best)
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return pair, out


@mistake("MD451", "Counts and joins what looks the same when it is joined", hint="(\"a\", \"bc\") and (\"ab\", \"c\") are two pairs, although both make \"abc\". Count and compare the pairs themselves.")
def bpe_step(tokens):
    counts = Counter(a + b for a, b in pairwise(tokens))
    best = max(counts, key=counts.__getitem__)
    pair = next((a, b) for a, b in pairwise(tokens) if a + b == best)
    out, i = [], 0
    while i < len(tokens):
        if i + 1 < len(tokens) and tokens[i] + tokens[i + 1] == best:
            out.append(best)
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return pair, out


@mistake("MD452", "Takes the first of equally frequent pairs by the alphabet", hint="Among equally frequent pairs the one that occurs first in the text counts.")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair = min(counts, key=lambda p: (-counts[p], p))
    out, i = [], 0
    while i < len(tokens):
        if tuple(tokens[i : i + 2]) == pair:
            out.append("".join(pair))
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return pair, out


@mistake("MD453", "Takes the last of equally frequent pairs", hint="Among equally frequent pairs the one that occurs first counts.")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair = max(reversed(list(counts)), key=counts.__getitem__)
    out, i = [], 0
    while i < len(tokens):
        if tuple(tokens[i : i + 2]) == pair:
            out.append("".join(pair))
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return pair, out


@mistake("MD454", "Joins from the right", hint="Walk from left to right: in \"a a a\" the first two are joined.")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair = max(counts, key=counts.__getitem__)
    out, i = [], len(tokens) - 1
    while i >= 0:
        if i and (tokens[i - 1], tokens[i]) == pair:
            out.append("".join(pair))
            i -= 2
        else:
            out.append(tokens[i])
            i -= 1
    return pair, out[::-1]


@mistake("MD455", "Does not join what stands only once", hint="The most frequent pair is joined, even if it occurs once.")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair, k = counts.most_common(1)[0]
    if k < 2:
        return pair, list(tokens)
    out, i = [], 0
    while i < len(tokens):
        if tuple(tokens[i : i + 2]) == pair:
            out.append("".join(pair))
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return pair, out


@mistake("MD456", "Keeps spaces out of pairs", hint="A space is a token like any other.")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    inside = {p: k for p, k in counts.items() if " " not in p[0] + p[1]} or counts
    pair = max(inside, key=inside.__getitem__)
    out, i = [], 0
    while i < len(tokens):
        if tuple(tokens[i : i + 2]) == pair:
            out.append("".join(pair))
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return pair, out


@mistake("MD457", "Joins a token that has just been joined", hint="After a joint, go on behind both of its tokens: \"a a a\" becomes \"aa a\".")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair = max(counts, key=counts.__getitem__)
    out = [tokens[0]]
    for before, token in pairwise(tokens):
        if (before, token) == pair:
            out[-1] += token
        else:
            out.append(token)
    return pair, out


@mistake("MD541", "Joins the tokens with blanks and splits there again", hint="A blank is a token like any other: `split()` throws it away, and in a text the borders of tokens are gone. Walk over the list.")
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair = max(counts, key=counts.get)
    return pair, " ".join(tokens).replace(" ".join(pair), "".join(pair)).split()


@mistake("MD600", "Merges whatever reads like the pair", hint="`a` + `bc` and `ab` + `c` read alike, and are two pairs. Compare both tokens with those of the pair.")
def bpe_step(tokens):
    pair = Counter(zip(tokens, tokens[1:])).most_common(1)[0][0]
    joined, out, i = pair[0] + pair[1], [], 0
    while i < len(tokens):
        if i + 1 < len(tokens) and tokens[i] + tokens[i + 1] == joined:
            out.append(joined)
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return pair, out
