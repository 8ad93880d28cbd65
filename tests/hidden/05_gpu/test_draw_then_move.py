import torch

from grader import probe


def test_same_numbers(student, reference, agree):
    """The first draw of a CPU generator with that seed, on the device that was asked for."""
    cases = {
        "a matrix on a card": ((2, 3), 7, "cuda"),
        "a vector on the CPU": ((4,), 1234, "cpu"),
        "a number on a card": ((), 0, torch.device("cuda")),
        "another seed": ((2, 3), 8, "cuda"),
    }
    agree(student.draw_then_move, reference.draw_then_move, cases)


def test_exercise(student, reference, agree):
    """The product of two draws that follow each other, on the device, and its extremes with their positions."""
    cases = {f"seed {seed} on {device}": (seed, device) for seed in (1234, 0, 5, 77) for device in ("cuda", "cpu")}
    agree(student.extremes, reference.extremes, cases)


def test_float32(student, reference, same, run):
    """The draws are float32 where PyTorch's default dtype is another."""
    due = {"draw": reference.draw_then_move((3,), 5, "cpu"), "product": reference.extremes(1234, "cpu")["product"]}
    due["the default afterwards"] = torch.float64
    found = run(by_default, student.draw_then_move, student.extremes)
    same(found, due, "Where PyTorch's default dtype is float64")


@probe
def by_default(draw_then_move, extremes):
    torch.set_default_dtype(torch.float64)
    try:
        found = {"draw": draw_then_move((3,), 5, "cpu"), "product": extremes(1234, "cpu")["product"]}
        return {**found, "the default afterwards": torch.get_default_dtype()}
    finally:
        torch.set_default_dtype(torch.float32)


@probe
def sent(extremes):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        before = machine.counts
        device = extremes(5, "cuda:1")["product"].device
        return {"device": str(device), "bytes to the card": (machine.counts - before).host_to_device_bytes}


def test_computed_there(student, same, run):
    """The two draws travel to the device, and the product is computed there."""
    due = {"device": "cuda:1", "bytes to the card": 2 * 6 * 4}
    same(run(sent, student.extremes), due, 'After `extremes(5, "cuda:1")`')


@probe
def disturbed(draw_then_move, extremes):
    import itertools

    def state():
        return {"the CPU": torch.get_rng_state(), "the card": torch.cuda.get_rng_state()}

    states = [state()]
    draw_then_move((3,), 5, "cuda")
    states.append(state())
    extremes(5, "cuda")
    states.append(state())
    return [
        [name for name in before if not torch.equal(before[name], after[name])]
        for before, after in itertools.pairwise(states)
    ]


def test_generators_stay(student, same, run):
    """The program's own generators, of CPU and card, go on as if nothing had been drawn."""
    found = run(disturbed, student.draw_then_move, student.extremes)
    same(
        found,
        [[], []],
        "Which of PyTorch's generators are not as before",
        parts={"time after `draw_then_move`": "generator", "time after `extremes`": "generator"},
        about="random numbers",
    )
