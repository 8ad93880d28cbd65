import torch


def parts(rng):
    return [torch.randn(2, 3, generator=rng) for _ in range(3)]


def whole_parts(rng):
    return [torch.randint(0, 99, (2, 3), generator=rng) for _ in range(2)]


def test_cat_along_an_axis(student, reference, agree, rng):
    """`cat` lengthens the axis that was named."""
    cases = [(parts(rng), "cat", 0), (parts(rng), "cat", 1), (parts(rng)[:2], "cat", -1), (whole_parts(rng), "cat", 1)]
    cases += [
        (parts(rng)[:1], "cat", 0),
        ([torch.randn(2, 5, 3, 3, generator=rng)] * 2, "cat", 1),
        ([torch.randn(3, generator=rng), torch.randn(3, generator=rng)], "cat", 0),
    ]
    agree(student.join, reference.join, cases, dtypes="any", layouts=["sliced", "expanded"], single=[0, -1])


def test_stack_along_a_new_axis(student, reference, agree, rng):
    """`stack` adds an axis at the place that was named."""
    cases = [(parts(rng), "stack", dim) for dim in (0, 1, 2)] + [(whole_parts(rng), "stack", 1)]
    cases.append((parts(rng)[:1], "stack", -1))
    agree(student.join, reference.join, cases, dtypes="any", layouts=["sliced", "expanded"])


def test_other_words_are_refused(student, refuses, rng):
    """Any other way raises ValueError."""
    refuses(
        student.join,
        [(parts(rng), "glue", 0), (parts(rng), "CAT", 0), (parts(rng), "concat", 0), (parts(rng), "stacked", 0)],
        ValueError,
    )
