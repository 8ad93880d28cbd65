import itertools


def test_from_the_last_axis(student, reference, agree):
    """Sizes are compared from the last axis; missing axes count as 1."""
    cases = [
        ((2, 1, 3), (2, 3)),
        ((4,), (3, 1)),
        ((5, 4), ()),
        ((3, 1, 2), (4, 1)),
        ((1, 3), (3, 1), (2, 1, 1)),
    ]
    agree(student.broadcast_shape, reference.broadcast_shape, cases, parts="size")


def test_what_does_not_fit(student, reference, agree):
    """Sizes that are different and not 1 give None, wherever they meet."""
    cases = [
        ((2, 3), (3, 2)),
        ((4,), (3,)),
        ((2, 4), (2, 4)),
        ((3, 2, 5), (4, 2, 5)),
        ((2, 1), (1, 3), (4, 1)),
    ]
    agree(student.broadcast_shape, reference.broadcast_shape, cases, parts="size")


def test_one_shape(student, reference, agree):
    """A single shape stays what it is."""
    agree(student.broadcast_shape, reference.broadcast_shape, [((),), ((3, 1),), ((2, 5, 1),)], parts="size")


def test_a_size_of_zero(student, reference, agree):
    """A size of 0 fits 0 and 1, and no other."""
    cases = [((2, 0), (0,)), ((0,), (1,)), ((3, 1), (1, 0)), ((0,), (3,))]
    agree(student.broadcast_shape, reference.broadcast_shape, cases, parts="size")


def test_three_shapes(student, reference, agree):
    """Of three shapes, every two have to fit, whichever comes first and however many axes each has."""
    some = ((), (2,), (3, 1), (1, 3), (2, 1, 1))
    agree(student.broadcast_shape, reference.broadcast_shape, list(itertools.product(some, repeat=3)), parts="size")
