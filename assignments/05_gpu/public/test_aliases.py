import numpy as np
import torch


def test_cpu_and_card(student, same):
    """On the CPU the memory is shared, on a card it cannot be."""
    array = np.array([1.0, 2.0])
    same(student.aliases(array, "cpu"), True, "On the CPU")
    same(student.aliases(array, "cuda"), False, "On a card")


def test_another_dtype(student, same):
    """Another dtype needs another memory, on the CPU as well."""
    same(student.aliases(np.array([1.0, 2.0]), "cpu", torch.float32), False, "float64 as float32 on the CPU")
