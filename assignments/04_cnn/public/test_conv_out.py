def test_sizes_of_the_text(student, same):
    """The sizes that the text works out."""
    got = [student.conv_out(28, 5), student.conv_out(24, 2, stride=2), student.conv_out(224, 7, 2, 3)]
    same(got, [24, 12, 112], "conv_out")
    same([student.same_padding(5), student.conv_out(28, 5, padding=2)], [2, 28], "A padding that keeps 28")
