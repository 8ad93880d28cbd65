import torch


def test_all_pairs(student, reference, agree):
    """Every pair of names and devices, with and without numbers, is told right."""
    names = [
        "cpu",
        "cuda",
        "cuda:0",
        "cuda:1",
        torch.device("cpu"),
        torch.device("cuda"),
        torch.device("cuda:1"),
        "cuda:7",
        "xpu",
        "xpu:0",
        torch.device("mps"),
    ]
    cases = {f"{a!r} and {b!r}": (a, b) for a in names for b in names}
    agree(student.same_device, reference.same_device, cases)
