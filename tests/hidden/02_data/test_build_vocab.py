TEXTS = (
    "It was the best of times, it was the worst of times;\nit was the age of wisdom,",
    "“Oh! single, my dear, to be sure! A _single_ man.” Single? To be sure.",
    "zebra apple Mango: apple",
    "A well-known twelve-year-old -- known well -- isn't Mr. Bennet's; well-known!",
    "In 1811 the café had 20 éclairs, 2 zebus and (they say) $5; 'twas £4 in Zürich.",
)
LINES = (
    "the age of zebras",
    "“My dear,” it was; it WAS!",
    "Times and _times_\nagain",
    "single",
    "well-known and known, isn't it?",
)


def test_vocabulary(student, reference, agree):
    """The cleaned words have the numbers 1, 2, 3, … in alphabetical order, and "<unk>" is 0."""
    agree(student.build_vocab, reference.build_vocab, TEXTS)


def test_lines(student, reference, agree):
    """The words of a line, cleaned, become their numbers; unknown ones become 0."""
    vocab = reference.build_vocab(" ".join(TEXTS))
    other = {"<unk>": 0, "age": 1, "it": 2, "the": 3}
    agree(student.encode_words, reference.encode_words, [(line, known) for known in (vocab, other) for line in LINES])


def test_a_line_without_words(student, reference, agree):
    """A line without words gives an empty int64 vector."""
    vocab = reference.build_vocab(TEXTS[0])
    agree(
        student.encode_words,
        reference.encode_words,
        {"a blank line": ("  \n", vocab), "two words": ("the best", vocab)},
    )
