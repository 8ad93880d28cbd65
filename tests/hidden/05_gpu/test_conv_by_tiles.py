import torch

from grader import probe
from grader.asking.variations import DTYPES


def draw(rng, *shape):
    return torch.randn(shape, generator=rng, dtype=torch.float64)


def test_whole(student, reference, agree, rng):
    """The parts together are the whole convolution, on the first device, for kernels of every size."""
    cases = {
        "a card that stands there three times": (draw(rng, 1, 2, 10, 5), draw(rng, 3, 2, 2, 4), ["cuda"] * 3),
        "two devices": (draw(rng, 2, 3, 8, 6), draw(rng, 4, 3, 3, 3), ["cuda", "cpu"]),
        "one device": (draw(rng, 2, 1, 4, 4).abs(), draw(rng, 1, 1, 4, 2).abs(), [torch.device("cpu")]),
        "as many devices as rows": (draw(rng, 1, 1, 6, 3), draw(rng, 2, 1, 4, 1), ["cpu", "cuda", "cpu"]),
        "a kernel of one row": (draw(rng, 1, 2, 5, 4), draw(rng, 2, 2, 1, 3), ["cuda", "cpu"]),
    }
    agree(
        student.conv_by_tiles,
        reference.conv_by_tiles,
        cases,
        layouts=("sliced", "expanded"),
        dtypes=[*DTYPES["floating"], torch.bfloat16],
        draws=True,
    )


@probe
def crossed(conv_by_tiles, x, weight, devices):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        before = machine.counts
        result = conv_by_tiles(x, weight, devices)
        found = machine.counts - before
        return {
            "result": result.cpu(),
            "device": str(result.device),
            "bytes to the cards": found.host_to_device_bytes,
            "bytes between cards or back": found.device_to_device_bytes + found.device_to_host_bytes,
        }


def test_two_cards(student, same, run, rng):
    """Each card gets the rows that it needs and the weight, and the second sends its rows of the output home."""
    x, weight = draw(rng, 1, 2, 9, 5), draw(rng, 3, 2, 3, 3)
    whole = torch.nn.functional.conv2d(x, weight)
    due = {
        "result": whole,
        "device": "cuda:1",
        # output rows 0 to 3 and 4 to 6 need input rows 0 to 5 and 4 to 8
        "bytes to the cards": x[:, :, 0:6].nbytes + x[:, :, 4:9].nbytes + 2 * weight.nbytes,
        "bytes between cards or back": whole[:, :, 4:].nbytes,
    }
    same(run(crossed, student.conv_by_tiles, x, weight, ["cuda:1", "cuda:0"]), due, "Nine rows on two cards")
    due = {
        "result": whole,
        "device": "cuda:0",
        # output rows 0 to 2 and 5 to 6; rows 3 and 4 are the CPU's
        "bytes to the cards": x[:, :, 0:5].nbytes + x[:, :, 5:9].nbytes + 2 * weight.nbytes + whole[:, :, 3:5].nbytes,
        "bytes between cards or back": whole[:, :, 5:].nbytes,
    }
    devices = ["cuda:0", "cpu", "cuda:1"]
    same(run(crossed, student.conv_by_tiles, x, weight, devices), due, "Nine rows on two cards and the CPU")
    found = run(crossed, student.conv_by_tiles, x, weight, ["cuda:0", "cuda:0", "cuda:1"])
    if isinstance(found, dict):  # whether the weight goes twice to a card that stands there twice is not asked
        found.pop("bytes to the cards", None)
    due.pop("bytes to the cards")
    same(found, due, "Nine rows on two cards, of which the first computes two parts")
