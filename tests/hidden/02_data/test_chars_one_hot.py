def test_plain_lines(student, reference, agree):
    """Each character has its 1 in the slot of its number; white space at the ends and capitals do not count."""
    lines = ["however little known", "  Mr. Bennet replied that he had not.\n", "\tLIZZY: 4 or 5, perhaps 20?  "]
    lines.append("\u3000\x0ba new page\x0c\u00a0")
    agree(student.chars_one_hot, reference.chars_one_hot, lines)


def test_strangers(student, reference, agree):
    """Characters with numbers from 128 on are rows with their 1 in slot 0."""
    lines = ["“Bingley.”", "a café in the Straße", "€ ½", "the last \x7f, the first \x80, and more"]
    lines += ["300 \u212a, Éire", "to İzmir"]
    agree(student.chars_one_hot, reference.chars_one_hot, lines)


def test_blank_lines(student, reference, agree):
    """A blank line gives a table without rows."""
    agree(student.chars_one_hot, reference.chars_one_hot, {"a blank line": (" \n",), "one letter": ("B",)})
