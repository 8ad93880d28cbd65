def test_it_is_it(student, same):
    """In the letters of "it is it", the pair i t occurs twice, and nothing more often."""
    due = (("i", "t"), ["it", " ", "i", "s", " ", "it"])
    same(student.bpe_step(list("it is it")), due, 'bpe_step(list("it is it"))')
