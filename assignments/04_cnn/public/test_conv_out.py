def test_sizes_of_the_text(student, same):
    """The sizes that the text works out."""
    same(student.conv_out(28, 5), 24, "conv_out(28, 5)")
    same(student.conv_out(24, 2, stride=2), 12, "conv_out(24, 2, stride=2)")
    same(student.conv_out(224, 7, 2, 3), 112, "conv_out(224, 7, 2, 3)")
    same(student.same_padding(5), 2, "same_padding(5)")
    same(student.conv_out(28, 5, padding=2), 28, "conv_out(28, 5, padding=2)")
