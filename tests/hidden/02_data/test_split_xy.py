import torch


def table(rng, rows, columns):
    return torch.cat([torch.rand(rows, columns, generator=rng), torch.randint(0, 10, (rows, 1), generator=rng)], dim=1)


def test_inputs_and_target(student, reference, agree, rng):
    """All columns but the last are inputs; the last is an int64 vector."""
    agree(
        student.split_xy,
        reference.split_xy,
        [(table(rng, 7, 4),), (table(rng, 4, 3) - 5,), (table(rng, 4, 1),), (table(rng, 3, 40),)],
        parts="inputs, target",
        layouts=["sliced", "expanded"],
    )


def test_a_single_sample(student, reference, agree, rng):
    """With a single sample the target is a vector of one number."""
    agree(student.split_xy, reference.split_xy, [(table(rng, 1, 3),), (table(rng, 1, 5),)], parts="inputs, target")
