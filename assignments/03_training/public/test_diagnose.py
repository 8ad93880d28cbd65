import math


def test_four_verdicts(student, same):
    """One pair of curves for each verdict."""
    same(student.diagnose([4.0, math.nan], [4.0, 3.0]), "diverged", "With a NaN")
    same(student.diagnose([4.0, 3.9], [4.0, 3.9]), "stuck", "With a training loss that hardly falls")
    same(student.diagnose([4.0, 1.0, 0.2], [4.0, 2.0, 3.0]), "overfits", "With a validation loss that turns")
    same(student.diagnose([4.0, 1.0, 0.2], [5.0, 3.0, 2.9]), "fine", "With two losses that fall")
