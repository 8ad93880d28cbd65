import torch


def test_pixel(student, reference, agree, rng):
    """`pixel` gives the number at picture, channel, row and column, as a Python float."""
    batch = torch.rand(3, 2, 4, 5, generator=rng)
    cube = torch.rand(2, 4, 4, 4, generator=rng)
    cases = [(batch, 2, 1, 3, 4), (batch, 0, 1, 2, 3), (batch, 1, 0, 3, 0), (cube.double(), 1, 1, 0, 2)]
    narrow = (torch.rand(1, 2, 3, 1, generator=rng) - 2, 0, 1, 2, 0)
    agree(
        student.pixel,
        reference.pixel,
        [(cube, 0, 3, 1, 2), narrow, *cases],
        layouts=("sliced", "expanded"),
        dtypes="floating",
    )


def test_brightest(student, reference, agree, rng):
    """`brightest` finds the largest value of each picture, also among negative ones."""
    agree(
        student.brightest,
        reference.brightest,
        {
            "colour pictures": (torch.rand(6, 3, 4, 5, generator=rng),),
            "a single picture": (torch.rand(1, 2, 7, 3, generator=rng),),
            "negative values": (torch.rand(4, 1, 3, 6, generator=rng) - 2,),
            "another order in memory": (torch.rand(5, 4, 6, 3, generator=rng).permute(0, 3, 1, 2),),
        },
        layouts=("sliced", "expanded"),
        dtypes="floating",
        single=[0, 1, 2, 3],
    )


def test_ties(student, reference, agree):
    """Of several largest values it is the first in reading order."""
    one, other = torch.zeros(2, 2, 3, 4), torch.zeros(2, 3, 2, 2)
    one[0, 1, 0, 2] = one[0, 0, 2, 1] = one[0, 0, 2, 3] = 5
    one[1, 0, 1, 0] = one[1, 0, 0, 3] = 5
    other[1, 2, 0, 0] = other[1, 1, 1, 1] = 3
    near = torch.ones(2, 1, 2, 3, dtype=torch.float64)
    near[0, 0, 1, 1] = near[1, 0, 0, 2] = 1 + 1e-12
    agree(
        student.brightest,
        reference.brightest,
        {
            "numbers that are nearly equal, in float64": (near,),
            "several largest values": (one,),
            "a flat picture": (other,),
        },
    )
