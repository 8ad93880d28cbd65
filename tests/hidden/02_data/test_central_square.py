import torch

from grader import probe

SIZES = (240, 300, 88)  # 300 · (88 / 240), rounded on the way, is less than 110


def test_sizes(student, reference, agree):
    """The shorter side becomes `size`, the longer one follows and is cut down to a whole number."""
    cases = {
        "a wide photograph": (720, 1280, 256),
        "a tall photograph": (1280, 720, 256),
        "a square": (300, 300, 64),
        "a small picture": (90, 160, 33),
        "a tall small picture": (107, 60, 40),
        "a picture that grows": (10, 17, 32),
        "a side that comes out whole": SIZES,
        "a side that comes out whole, standing": (SIZES[1], SIZES[0], SIZES[2]),
    }
    agree(student.shorter_side, reference.shorter_side, cases)


@probe
def places(f, sizes):
    """Where the squares begin: rows are told by the hundreds, columns by the rest."""
    found = []
    for height, width, size in sizes:
        image = 100 * torch.arange(height).unsqueeze(1) + torch.arange(width)
        square = f(image.unsqueeze(0), size)
        corner = int(square.flatten()[0]) if square.numel() else -1
        found.append([list(square.shape), *divmod(corner, 100)])
    return found


def test_square_in_the_middle(student, reference, agree, same, run, rng):
    """The square is cut out of the middle, both ways; of an odd number left over, one more may be on either side."""
    cases = {
        "a wide picture": (torch.rand(3, 6, 10, generator=rng), 4),
        "a tall picture": (torch.rand(1, 10, 6, generator=rng), 4),
        "an odd square": (torch.rand(3, 7, 13, generator=rng), 3),
        "as high as the square": (torch.rand(3, 4, 8, generator=rng), 4),
        "a picture with as many rows as channels": (torch.rand(6, 6, 12, generator=rng), 6),
        "uint8": (torch.randint(0, 256, (3, 7, 9), generator=rng, dtype=torch.uint8), 5),
        "values below zero, as high as wide": (torch.randn(2, 7, 7, generator=rng), 5),
        "a column": (torch.rand(2, 5, 1, generator=rng), 1),
        "one pixel": (torch.rand(3, 5, 7, generator=rng), 1),
    }
    agree(student.center_crop, reference.center_crop, cases, dtypes="any", layouts=["sliced", "expanded"], single=[0])
    sizes = [(7, 4, 4), (4, 9, 4), (8, 11, 3), (6, 7, 3)]
    got = run(places, student.center_crop, sizes)
    for (shape, top, left), (height, width, size) in zip(got, sizes, strict=True):
        halves = [2 * top - (height - size) in (-1, 0, 1), 2 * left - (width - size) in (-1, 0, 1)]
        due = [[1, size, size], [True, True]]
        same([shape, halves], due, f"A square of {size} out of {height}×{width}", parts="shape, in the middle")
