from collections import Counter
from itertools import pairwise

from grader import alternative


@alternative("the most frequent pairs of characters")
def pieces(text):
    return [a + b for (a, b), _ in Counter(pairwise(text)).most_common(100)]


@alternative("byte pairs, merged a hundred times")
def pieces(text):
    tokens, made = list(text), []
    for _ in range(100):
        pair, tokens = bpe_step(tokens)
        made.append("".join(pair))
    return made


@alternative("pairs of characters, and words with the blank behind them")
def pieces(text):
    pairs = Counter(a + b for a, b in pairwise(text)).most_common(60)
    words = Counter(word + " " for word in text.split() if len(word) > 2).most_common(40)
    return tuple(dict.fromkeys(piece for piece, _ in (*pairs, *words)))
