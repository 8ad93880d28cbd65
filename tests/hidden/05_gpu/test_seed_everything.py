from grader import probe


@probe
def draws_again(seed_everything, seed, other):
    import random

    from grader import simulated_cuda

    def draws():
        return {
            "random": random.random(),
            "NumPy": float(np.random.rand()),  # noqa: F821
            "PyTorch, CPU": torch.rand(()).item(),  # noqa: F821
            "PyTorch, first card": torch.rand((), device="cuda:0").item(),  # noqa: F821
            "PyTorch, second card": torch.rand((), device="cuda:1").item(),  # noqa: F821
        }

    from itertools import count
    from pathlib import Path
    from unittest.mock import patch

    clock = patch("time.time", side_effect=count(1e9, 1000))  # a seed that is taken from the time is another each time
    with clock, simulated_cuda(devices=2, join=True):
        files = len(list(Path().iterdir()))
        seed_everything(seed)
        first = draws()
        seed_everything(seed)
        again = draws()
        seed_everything(other)
        different = draws()
        files = len(list(Path().iterdir())) - files
    return {"new files": files} | {name: [first[name] == again[name], first[name] == different[name]] for name in first}


def test_every_generator(student, same, run):
    """Every generator draws the same again after the same seed, and something else after another."""
    names = ("random", "NumPy", "PyTorch, CPU", "PyTorch, first card", "PyTorch, second card")
    for seed, other in ((0, 1), (1234, 2**32 - 1), (5, 2**31 + 5)):
        due = {"new files": 0} | {name: [True, False] for name in names}
        found = run(draws_again, student.seed_everything, seed, other)
        same(found, due, "Whether a draw is the same", parts="time after the same seed, time after another seed")
