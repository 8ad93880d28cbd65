import math


def test_four_verdicts(student, reference, agree):
    """Each verdict comes from its own rule."""
    cases = {
        "two falling curves": ([9.0, 4.0, 1.0], [9.5, 5.0, 2.0]),
        "a validation curve that turns": ([9.0, 4.0, 1.0, 0.1], [9.5, 5.0, 4.0, 6.0]),
        "a training curve that fell and came back": ([9.0, 2.0, 8.9], [9.5, 3.0, 9.2]),
        "a validation curve that rises slowly": ([9.0, 4.0, 3.0, 2.0, 1.0], [9.5, 5.0, 5.3, 5.6, 5.9]),
        "a training curve that stays flat": ([9.0, 9.1, 8.8], [9.5, 9.3, 9.2]),
        "a training curve that becomes infinite": ([9.0, 90.0, math.inf], [9.0, 90.0, 900.0]),
        "a NaN on the validation side only": ([9.0, 4.0, 1.0], [9.0, math.nan, 2.0]),
        "one epoch": ([9.0], [9.0]),
    }
    agree(student.diagnose, reference.diagnose, cases)


def test_limits(student, reference, agree):
    """The comparisons are those that the text names, with its factors."""
    cases = {
        "curves far apart that both fall": ([9.0, 1.0, 0.1], [20.0, 15.0, 14.0]),
        "a validation curve below the training curve": ([9.0, 6.0, 5.0], [4.0, 3.0, 2.9]),
        "a turn of less than a tenth": ([9.0, 4.0, 1.0], [9.0, 5.0, 5.2]),
        "an end below the start, above the minimum": ([9.0, 4.0, 1.0], [9.0, 2.0, 5.0]),
        "a rise long past, and a new minimum": ([9.0, 4.0, 2.0, 1.0], [9.0, 4.0, 8.0, 3.0]),
        "a training curve that fell by a tenth exactly": ([10.0, 9.5, 9.0], [12.0, 11.5, 11.0]),
        "a turn of a tenth exactly": ([10.0, 5.0, 1.0], [12.0, 10.0, 11.0]),
        "a turn at small losses": ([0.9, 0.4, 0.1], [0.5, 0.2, 0.4]),
        "a training curve that fell by an eighth": ([8.0, 7.5, 7.0], [9.0, 8.5, 8.0]),
    }
    agree(student.diagnose, reference.diagnose, cases)


def test_the_first_rule_wins(student, reference, agree):
    """When several rules apply, the first one counts."""
    cases = {
        "flat, and overfitting": ([9.0, 8.9, 8.8], [5.0, 4.0, 6.0]),
        "NaN, flat and overfitting": ([9.0, math.nan, 9.0], [5.0, 4.0, 6.0]),
        "overfitting only": ([9.0, 5.0, 1.0], [5.0, 4.0, 6.0]),
    }
    agree(student.diagnose, reference.diagnose, cases)
