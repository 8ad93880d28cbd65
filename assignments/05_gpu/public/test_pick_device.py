import torch


def test_the_cpu_is_always_there(student, same):
    """A list that begins with the CPU ends there."""
    same(student.pick_device(("cpu", "cuda")), torch.device("cpu"), 'pick_device(("cpu", "cuda"))')
