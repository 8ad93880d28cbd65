import torch

from grader import probe


def images(rng, *shape):
    return torch.randint(0, 256, shape, generator=rng, dtype=torch.uint8)


def test_values(student, reference, agree, rng):
    """Channels first, float32 between 0 and 1, on the device that was asked for."""
    cases = {
        "two pictures on a card": (images(rng, 2, 4, 5, 3), "cuda"),
        "a small square picture on the CPU": (images(rng, 2, 3, 3, 3), "cpu"),
        "one picture on the CPU": (images(rng, 1, 3, 2, 1), "cpu"),
        "three pictures on a card": (images(rng, 3, 2, 2, 4), torch.device("cuda")),
    }
    agree(student.pictures_on, reference.pictures_on, cases, layouts=("sliced", "expanded"), single=[0, 1, 2, 3])


@probe
def by_default(pictures_on, images):
    torch.set_default_dtype(torch.float64)
    try:
        return {"pictures": pictures_on(images, "cpu"), "the default afterwards": torch.get_default_dtype()}
    finally:
        torch.set_default_dtype(torch.float32)


def test_default_dtype(student, same, run, rng):
    """It is float32 whatever PyTorch's default dtype is, which stays."""
    given = images(rng, 2, 3, 4, 3)
    due = {"pictures": given.permute(0, 3, 1, 2).float() / 255, "the default afterwards": torch.float64}
    same(run(by_default, student.pictures_on, given), due, "Where PyTorch's default dtype is float64")


@probe
def crossed(pictures_on, images):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        before = machine.counts
        pictures_on(images, "cuda")
        found = machine.counts - before
    return {"copies to the card": found.host_to_device, "bytes to the card": found.host_to_device_bytes}


def test_bytes_cross(student, same, run, rng):
    """One byte per value crosses the bus, in one copy."""
    shape = (2, 8, 6, 3)
    for what, given in {
        f"pictures of shape {shape}": images(rng, *shape),
        "a picture with one channel": images(rng, 1, 4, 4, 1),
        "pictures whose channels came first": images(rng, 2, 3, 8, 6).permute(0, 2, 3, 1),
    }.items():
        due = {"copies to the card": 1, "bytes to the card": given.numel()}
        same(run(crossed, student.pictures_on, given), due, f"For {what}")
