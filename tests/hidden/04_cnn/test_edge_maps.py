import torch


def test_maps(student, reference, agree, rng):
    """The three feature maps, in the order of the table and of the size of the pictures."""
    agree(
        student.edge_maps,
        reference.edge_maps,
        {
            "four pictures": (torch.rand(4, 1, 7, 4, generator=rng),),
            "one picture": (torch.rand(1, 1, 5, 6, generator=rng),),
            "negative values": (torch.randn(2, 1, 6, 6, generator=rng),),
        },
        layouts=("sliced", "expanded"),
        single=[0, 2, 3],
        draws=True,
    )
