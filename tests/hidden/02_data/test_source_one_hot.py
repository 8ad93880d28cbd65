SOURCES = {
    "an assignment": ("total = total + price*count",),
    "a call": ("(print)(x_1, x_2, x_1[0])",),
    "a function": ("def area(Width, width):\n    return Width*width  # in mm²\n",),
    "one word": ("...done...",),
}


def test_words_and_rows(student, reference, agree):
    """The different words are sorted, and each occurrence is a row."""
    agree(student.source_one_hot, reference.source_one_hot, SOURCES, parts={"words": "word", "table": None})


def test_the_ends(student, reference, agree):
    """No word is empty, whatever the source begins and ends with."""
    cases = {"brackets": ("(a, b)",), "quotes": ("'x'",), "blank lines": ("\n\nimport torch\n\n",)}
    agree(student.source_one_hot, reference.source_one_hot, cases, parts={"words": "word", "table": None})
