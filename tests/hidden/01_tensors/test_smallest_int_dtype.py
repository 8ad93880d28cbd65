import torch


def of(*numbers):
    return (torch.tensor(numbers),)


def test_small_and_large_numbers(student, reference, agree):
    """The dtype has room for the largest number, and no more room than needed."""
    agree(
        student.smallest_int_dtype,
        reference.smallest_int_dtype,
        [
            of(0, 3, 5),
            of(300, 2),
            of(70_000, 1),
            of(2**40, 5),
            of(1, 70_000, -3, 2),
            of(7),
            (torch.arange(5).view(5, 1),),
        ],
        shapes="any",
        layouts=["sliced", "expanded"],
        single=[0],
    )


def test_limits_belong_to_the_range(student, reference, agree):
    """A number that is exactly at the limit of a dtype still fits; the next one does not."""
    cases = [of(255), of(256), of(32767), of(32768), of(2**31 - 1), of(2**31), of(2**63 - 1, 0)]
    agree(student.smallest_int_dtype, reference.smallest_int_dtype, cases)


def test_negative_numbers(student, reference, agree):
    """Negative numbers rule out uint8 and count with their own limits."""
    cases = [of(-1, 5), of(-128, 127), of(-129, 0), of(-1, 200), of(-32769, 0), of(-(2**31), 1), of(-(2**63), 0)]
    agree(student.smallest_int_dtype, reference.smallest_int_dtype, cases)
