import torch

DTYPES = (
    torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.bool,
    torch.float16, torch.bfloat16, torch.float32, torch.float64,
)  # fmt: skip


def test_every_name(student, reference, agree):
    """The name is right for every dtype, on the CPU and on a card."""
    places = ("cpu", torch.device("cuda"), "cuda:0")
    cases = {f"{dtype} on {place}": (dtype, place) for dtype in DTYPES for place in places}
    agree(student.legacy_name, reference.legacy_name, cases)
