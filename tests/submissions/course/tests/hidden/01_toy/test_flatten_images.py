import torch


def test_rows(student, reference, agree, rng):
    """Every picture becomes one row."""
    cases = [(torch.rand(3, 2, 4, 5, generator=rng),), (torch.rand(1, 3, 2, 2, generator=rng),)]
    agree(student.flatten_images, reference.flatten_images, cases)


def test_strides(student, reference, agree, rng):
    """A batch that is not contiguous comes out right as well."""
    batch = torch.rand(3, 4, 5, 2, generator=rng)
    agree(student.flatten_images, reference.flatten_images, [(batch.permute(0, 3, 1, 2),), (batch.transpose(1, 2),)])
