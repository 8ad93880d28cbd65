def test_sizes(student, reference, agree):
    """The size is right for every kernel, stride and padding, also where the division does not work out."""
    cases = [
        (n, k, s, p) for n in (5, 8, 13) for k in (1, 2, 3, 5) for s in (1, 2, 3) for p in (0, 1, 3) if k <= n + 2 * p
    ]
    agree(student.conv_out, reference.conv_out, [*cases, (30, 4), (7, 7), (3, 7, 2, 2)])


def test_too_large(student, refuses):
    """A kernel that is larger than the padded axis is refused."""
    cases = {
        "a kernel of 5 on 4 pixels": (4, 5),
        "a kernel of 9 on 4 pixels with a padding of 2": (4, 9, 1, 2),
        "a kernel of 3 on 2 pixels with a stride of 2": (2, 3, 2),
    }
    refuses(student.conv_out, cases, ValueError)


def test_same_padding(student, reference, agree):
    """With `same_padding` the size stays, for odd kernels."""
    agree(student.same_padding, reference.same_padding, [(1,), (3,), (5,), (11,)])


def test_even_kernels(student, refuses):
    """For even kernels there is no such padding."""
    refuses(student.same_padding, {"a kernel of 2": (2,), "a kernel of 4": (4,), "a kernel of 8": (8,)}, ValueError)
