import torch

from grader import probe


def letters(rng, n, alphabet):
    return [alphabet[i] for i in torch.randint(0, len(alphabet), (n,), generator=rng).tolist()]


def test_pair_and_tokens(student, reference, agree, rng):
    """The most frequent pair is found, and all its occurrences are merged; tokens of several letters count as one."""
    cases = {
        "a sentence": (list("she sells sea shells by the sea shore"),),
        "letters at random": (letters(rng, 60, "abcde"),),
        "tokens of several letters": (letters(rng, 60, ["a", "ba", "b", "ab", "c"]),),
        "words": (["to", "be", "or", "not", "to", "be"],),
        "pairs that look alike when they are joined": (
            ["a", "bc", "-", "ab", "c", "=", "a", "bc", "+", "ab", "c", "x", "y", "/", "x", "y", ":", "x", "y"],
        ),
        "a pair that reads like the chosen one": (
            ["a", "bc", "-", "ab", "c", "=", "a", "bc", "+", "ab", "c", ":", "a", "bc"],
        ),
    }
    agree(student.bpe_step, reference.bpe_step, cases, parts={"pair": "token", "new tokens": "token"})


def test_equally_frequent_pairs(student, reference, agree):
    """Among equally frequent pairs the first one in the text is taken."""
    agree(
        student.bpe_step,
        reference.bpe_step,
        [(list("zyxw"),), (list("badcbadc"),), (list("mnabmnab-zz"),)],
        parts={"pair": "token", "new tokens": "token"},
    )


def test_repeated_tokens(student, reference, agree):
    """Overlapping places all count, and from left to right each token is merged once."""
    agree(
        student.bpe_step,
        reference.bpe_step,
        [(list("aaa"),), (list("aaaabcbc"),), (list("baaaaab"),), (list("aaabcbc"),)],
        parts={"pair": "token", "new tokens": "token"},
    )


@probe
def tokens_after(f, tokens):
    f(tokens)
    return tokens


def test_tokens_stay(student, same, run):
    """The list that was passed stays as it was."""
    tokens = list("banana")
    same(
        run(tokens_after, student.bpe_step, tokens),
        tokens,
        "The tokens after the call",
        parts="token",
        about="arguments",
    )
