import torch

from grader import probe
from grader.asking.variations import DTYPES


def cases(rng):
    floats, ints = torch.randn(3, 2, generator=rng), torch.randint(0, 9, (4,), generator=rng)
    return {
        "a move to a card": (floats, "cuda"),
        "a move of whole numbers": (ints, torch.device("cuda")),
        "a move back": (floats.to("cuda"), "cpu"),
        "a move to a card as float64": (floats, "cuda", torch.float64),
        "a move back as float16": (floats.to("cuda"), "cpu", torch.float16),
        "a cast on the CPU": (floats, "cpu", torch.float64),
        "a cast on the card": (ints.to("cuda"), "cuda", torch.float32),
    }


def test_there(student, reference, agree, rng):
    """The result is on the device, in the dtype."""
    agree(
        student.move,
        reference.move,
        cases(rng),
        layouts=("sliced", "expanded"),
        dtypes=[*DTYPES["any"], torch.bfloat16],
        empty=[0],
        single=[0, 1],
        shapes="any",
        graph=True,
    )


@probe
def argument_after(move, t, *where):
    before = t.clone()
    move(t, *where)
    return {"device": t.device, "dtype": t.dtype, "as before": t.dtype == before.dtype and torch.equal(t, before)}


def test_argument_stays(student, same, run, rng):
    """The tensor that was given stays as it is."""
    for label, (t, *where) in cases(rng).items():
        due = {"device": t.device, "dtype": t.dtype, "as before": True}
        same(run(argument_after, student.move, t, *where), due, f"After {label}", about="arguments")


@probe
def on_the_second(move, t):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        there = move(t, "cuda:1")
        back = move(there, "cuda:0", torch.float64)
        return {"devices": [str(there.device), str(back.device)], "numbers": back.cpu()}


def test_second_card(student, same, run, rng):
    """A card with a number is that card, whichever is the current one."""
    t = torch.randn(3, generator=rng)
    due = {"devices": ["cuda:1", "cuda:0"], "numbers": t.double()}
    found = run(on_the_second, student.move, t)
    same(found, due, 'After moves to "cuda:1" and on to "cuda:0"', parts={"devices": "move"})


@probe
def kept(move, t):
    there = t.to("cuda")
    tries = [(t, "cpu"), (t, "cpu", t.dtype), (there, there.device), (there, "cuda"), (there, "cuda", t.dtype)]
    return [move(*arguments) is arguments[0] for arguments in tries]


def test_nothing_to_do(student, same, run, rng):
    """If device and dtype fit already, the result is the tensor itself."""
    for t in (torch.randn(3, generator=rng), torch.arange(4), torch.randn(3, 2, generator=rng).T):
        same(
            run(kept, student.move, t),
            [True] * 5,
            "Whether the result is the tensor itself",
            parts={
                "CPU to CPU": None,
                "CPU to CPU in its own dtype": None,
                "card to its own device": None,
                "card to `cuda`": None,
                "card to `cuda` in its own dtype": None,
            },
        )
