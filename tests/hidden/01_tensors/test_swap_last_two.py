import torch


def test_any_rank(student, reference, agree, rng):
    """The last two axes change places, all others stay."""
    shapes = [(3, 4), (2, 3, 4), (2, 3, 4, 5), (3, 3, 3)]
    agree(student.swap_last_two, reference.swap_last_two, [(torch.rand(shape, generator=rng),) for shape in shapes])
