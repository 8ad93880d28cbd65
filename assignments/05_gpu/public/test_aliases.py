import numpy as np


def test_cpu_and_card(student, same):
    """On the CPU the memory is shared, on a card it cannot be."""
    array = np.array([1.0, 2.0])
    same(student.aliases(array, "cpu"), True, "On the CPU")
    same(student.aliases(array, "cuda"), False, "On a card")
