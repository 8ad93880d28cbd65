def test_it_is_it(student, same):
    """In the letters of "it is it", the pair i t occurs twice, and nothing more often."""
    due = (("i", "t"), ["it", " ", "i", "s", " ", "it"])
    same(student.bpe_step(list("it is it")), due, 'bpe_step(list("it is it"))')


def test_three_in_a_row(student, same):
    """A token that has just been joined takes no part in the next joint: "a a a" becomes "aa a"."""
    same(student.bpe_step(["a", "a", "a"]), (("a", "a"), ["aa", "a"]), 'bpe_step(["a", "a", "a"])')
