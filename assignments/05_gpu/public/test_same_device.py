import torch


def test_numbers(student, same):
    """A missing number is 0; another number is another card."""
    same(student.same_device("cuda", torch.device("cuda:0")), True, 'same_device("cuda", torch.device("cuda:0"))')
    same(student.same_device("cuda:1", "cuda"), False, 'same_device("cuda:1", "cuda")')
