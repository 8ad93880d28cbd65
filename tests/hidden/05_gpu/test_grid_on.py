import torch

from grader import probe


@probe
def by_default(grid_on):
    torch.set_default_dtype(torch.float64)
    try:
        return {"grid": grid_on(2, 3, "cpu"), "PyTorch's default afterwards": torch.get_default_dtype()}
    finally:
        torch.set_default_dtype(torch.float32)


def test_coordinates(student, reference, agree):
    """Each element holds its row and its column, on the device that was asked for."""
    cases = {
        "three by five on a card": (3, 5, "cuda"),
        "one by four on the CPU": (1, 4, torch.device("cpu")),
        "six by one on a card": (6, 1, torch.device("cuda")),
        "seven by two on the CPU": (7, 2, "cpu"),
    }
    agree(student.grid_on, reference.grid_on, cases)


def test_float32(student, reference, same, run):
    """The grid is float32 where PyTorch's default dtype is another, and that stays."""
    due = {"grid": reference.grid_on(2, 3, "cpu"), "PyTorch's default afterwards": torch.float64}
    same(run(by_default, student.grid_on), due, "A grid of two by three where PyTorch's default dtype is float64")


@probe
def crossed(grid_on, height, width):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        before = machine.counts
        device = grid_on(height, width, "cuda:1").device
        found = machine.counts - before
    return {"device": device, "bytes over the bus": found.host_to_device_bytes + found.device_to_host_bytes}


def test_nothing_crosses(student, same, run):
    """It is made on the device, also on a second card: nothing crosses the bus."""
    due = {"device": torch.device("cuda:1"), "bytes over the bus": 0}
    for size in ((4, 3), (1, 3), (4, 1), (1, 1)):
        height, width = size
        what = f'After `grid_on({height}, {width}, "cuda:1")`'
        same(run(crossed, student.grid_on, height, width), due, what)
