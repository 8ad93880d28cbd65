import torch

from grader import probe


@probe
def on_the_second(same_device, pairs):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True), torch.cuda.device(1):
        return [same_device(a, b) for a, b in pairs]


def test_all_pairs(student, reference, agree, same, run):
    """Every pair of names and devices, with and without numbers, is told right."""
    names = [
        "cpu",
        "cuda:0",
        "cuda:1",
        "cuda",
        torch.device("cpu"),
        torch.device("cuda"),
        torch.device("cuda:1"),
        "cuda:10",
        "cuda:7",
        "cuda:17",
        "xpu",
        "xpu:0",
        torch.device("mps"),
        "cpu:0",
    ]
    cases = {f"{a!r} and {b!r}": (a, b) for a in names for b in names}
    agree(student.same_device, reference.same_device, cases)
    found = run(on_the_second, student.same_device, [("cuda", "cuda:0"), ("cuda:1", "cuda")])
    same(found, [True, False], "Where the second card is the current one", parts="pair")
