import torch


def test_one_row_per_picture(student, reference, agree, rng):
    """Every picture becomes one row, also in a batch of one."""
    agree(
        student.flatten_images,
        reference.flatten_images,
        {
            "a batch of five": (torch.randn(5, 3, 4, 6, generator=rng),),
            "a batch of one": (torch.randn(1, 2, 3, 5, generator=rng),),
            "square pictures": (torch.randn(2, 3, 4, 4, generator=rng),),
            "pictures of one column": (torch.randn(3, 2, 4, 1, generator=rng),),
            "pictures of bytes": (torch.randint(0, 256, (3, 1, 4, 2), generator=rng, dtype=torch.uint8),),
        },
        dtypes="any",
        layouts=["sliced", "expanded"],
        single=[0, 1],
    )


def test_whatever_the_strides(student, reference, agree, rng):
    """A batch that is not contiguous comes out right as well."""
    batch = torch.randn(4, 5, 6, 2, generator=rng)
    agree(student.flatten_images, reference.flatten_images, [(batch.permute(0, 3, 1, 2),), (batch.transpose(1, 2),)])
