import torch

from grader import probe

DTYPES = (
    torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.bool,
    torch.float16, torch.bfloat16, torch.float32, torch.float64,
)  # fmt: skip


def test_every_name(student, reference, agree):
    """The name is right for every dtype, on the CPU and on a card."""
    places = ("cpu", torch.device("cuda"), "cuda:0")
    cases = {f"{dtype} on {place}": (dtype, place) for dtype in DTYPES for place in places}
    agree(student.legacy_name, reference.legacy_name, cases)


@probe
def on_the_second(legacy_name, dtype):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        return legacy_name(dtype, "cuda:1")


def test_second_card(student, reference, same, run):
    """The number of the card is not in the name."""
    for dtype in (torch.float32, torch.bool):
        same(run(on_the_second, student.legacy_name, dtype), reference.legacy_name(dtype, "cuda"), f"{dtype} on cuda:1")
