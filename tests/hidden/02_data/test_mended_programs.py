import torch

from grader import probe


def photos(rng, n, height, width):
    return [torch.randint(0, 256, (height, width, 3), generator=rng, dtype=torch.uint8).numpy() for _ in range(n)]


def test_photos_as_batch(student, reference, agree, rng):
    """`photos_as_batch` leaves every pixel where it was, in wide, tall and square photographs."""
    cases = {
        "two wide photographs": (photos(rng, 2, 3, 5),),
        "a tall photograph": (photos(rng, 1, 6, 2),),
        "as high and wide as there are channels": (photos(rng, 3, 3, 3),),
        "a single row": (photos(rng, 2, 1, 4),),
        "a black night": ([photo // 128 for photo in photos(rng, 2, 4, 5)],),
    }
    agree(student.photos_as_batch, reference.photos_as_batch, cases)


def test_average_photo(student, reference, agree, rng):
    """`average_photo` is right for bright photographs, for one, and for hundreds of them."""
    cases = {
        "a few bright photographs": (torch.randint(150, 256, (5, 3, 4, 6), generator=rng, dtype=torch.uint8),),
        "one photograph": (torch.randint(0, 256, (1, 3, 2, 2), generator=rng, dtype=torch.uint8),),
        "of one pixel": (torch.randint(0, 256, (3, 1, 1, 1), generator=rng, dtype=torch.uint8),),
        "hundreds of grey ones": (torch.randint(200, 256, (400, 1, 2, 3), generator=rng, dtype=torch.uint8),),
    }
    agree(student.average_photo, reference.average_photo, cases, layouts=["sliced", "expanded"], single=[1, 2, 3])


def hours(rng, n, columns, column, *codes):
    table = torch.rand(n, columns, generator=rng)
    table[:, column] = torch.tensor(codes, dtype=torch.float32)[torch.arange(n) % len(codes)]
    return table


def test_weather_slots(student, reference, agree, rng):
    """`weather_slots` puts the 1 of code k into slot k - 1, whether or not all codes occur."""
    cases = {
        "all codes": (hours(rng, 8, 3, 2, 4, 1, 3, 2), 2, 4),
        "the highest does not occur": (hours(rng, 5, 4, 1, 2, 1, 3), 1, 5),
        "one hour, one column": (hours(rng, 1, 1, 0, 2), 0, 2),
    }
    agree(student.weather_slots, reference.weather_slots, cases, layouts=["sliced", "expanded"])


def tables(rng):
    scale, shift = torch.tensor([30.0, 0.1, 2.0]), torch.tensor([100.0, -3.0, 0.5])
    return {
        "three tenths for validation": (shift + scale * torch.randn(11, 3, generator=rng), 0.3, 4),
        "another seed": (shift + scale * torch.randn(11, 3, generator=rng), 0.3, 5),
        "none for validation": (torch.rand(6, 2, generator=rng), 0.1, 1),
        "as many columns as rows": (torch.randn(4, 4, generator=rng), 0.5, 2),
        "a single column, and a single row for validation": (torch.rand(5, 1, generator=rng), 0.2, 3),
    }


def test_scaled_parts(student, reference, agree, rng):
    """`scaled_parts` puts both parts on the scale of the training rows; those for validation have no say in it."""
    agree(
        student.scaled_parts,
        reference.scaled_parts,
        tables(rng),
        layouts=["sliced"],
        parts="training rows, validation rows",
    )


NAMES = {0: "shirt", 1: "boot", 2: "bag"}


def batches(rng, *sizes):
    return [(torch.rand(n, 1, 2, 2, generator=rng), torch.randint(0, 3, (n,), generator=rng)) for n in sizes]


def test_names_seen(student, reference, agree, rng):
    """`names_seen` counts every sample of every batch once, and gives names that do not occur a 0."""
    bags = [(torch.zeros(1, 1), torch.tensor([2])), (torch.zeros(2, 1), torch.tensor([2, 0]))]
    cases = {
        "batches that differ": (batches(rng, 6, 6, 3), NAMES),
        "no boots": (bags, NAMES),
        "hundreds of samples": (batches(rng, 900, 500), NAMES),
        "hundreds of one name, pictures of bytes": (
            [(torch.zeros(300, 1, dtype=torch.uint8), torch.ones(300).long())],
            NAMES,
        ),
        "labels in the thousands": ([(torch.zeros(2, 1), torch.tensor([5000, 7000]))] * 2, {7000: "a", 5000: "b"}),
    }
    agree(student.names_seen, reference.names_seen, cases)


@probe
def from_a_stream(f, batches, names):
    return f((batch for batch in batches), names)


def test_names_of_a_stream(student, reference, same, run, rng):
    """A `for` loop through the batches, once, is enough for `names_seen`."""
    given = batches(rng, 4, 5)
    due = reference.names_seen(given, NAMES)
    same(run(from_a_stream, student.names_seen, given, NAMES), due, "For a stream of two batches")
