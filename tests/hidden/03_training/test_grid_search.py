from math import inf, nan

import torch

from grader import probe
from grader.asking.words import count


@probe
def runs(product_runs, space):
    return [[[key, value] for key, value in run.items()] for run in product_runs(space)]


@probe
def combining(product_runs, space):
    return [(product_runs, space)]


@probe
def searching(grid_search, space):
    score = lambda **settings: {"train": 1.0, "val": float(settings["units"]), "test": 2.0}  # noqa: E731
    return [(lambda space: grid_search(score, space), space)]


def test_all_runs(student, reference, same, run, untouched, rng):
    """Every combination is there once, as a dict in the order of the settings; the last setting changes fastest."""
    rates = torch.rand(3, generator=rng).tolist()
    for space in (
        {"rate": rates, "units": [4, 8]},
        {"kind": ["SGD", "Adam"], "batch": [1, 16, 64], "rate": rates[:2]},
        {"width": [3, 1, 2]},
    ):
        due = [[[key, value] for key, value in found.items()] for found in reference.product_runs(space)]
        same(
            run(runs, student.product_runs, space),
            due,
            f"The runs for {count(len(space), 'setting')}",
            parts="run: setting: name, value",
        )
    untouched(student.product_runs, combining, {"rate": rates, "units": [4, 8]})


def searched(grid_search, space, losses):
    """A training whose losses are known beforehand."""
    calls = []

    def score(**settings):
        calls.append([settings[name] for name in space])
        a, b = (values.index(settings[name]) for name, values in space.items())
        train, val, test = losses[a * len(list(space.values())[1]) + b]
        return {"train": train, "val": val, "test": test}

    return {"best": grid_search(score, space), "calls": calls}


def shuffled(rng, n):
    return (torch.randperm(n, generator=rng).double() + torch.rand(n, generator=rng).double()).tolist()


def test_best(student, reference, same, run, rng):
    """The settings with the lowest validation loss, the first of several; a run with NaN is never the best."""
    space = {"rate": [0.1, 0.01], "units": [2, 16, 64]}
    low = [9.0, 1.0, 7.0, 8.0, 3.0, 5.0]
    for label, val in {
        "all losses are finite": [6.0, 5.0, 2.0, 4.0, 1.0, 3.0],
        "the best run is the first": [1.0, 5.0, 2.0, 4.0, 3.0, 3.0],
        "two runs are equally good": [6.0, 5.0, 2.0, 2.0, 3.0, 4.0],
        "two other runs are equally good": [2.0, 5.0, 2.0, 4.0, 6.0, 3.0],
        "the first run diverged": [nan, 5.0, inf, 4.0, 2.0, 3.0],
        "the best loss is 0": [6.0, 5.0, 0.0, 4.0, 1.0, 3.0],
        "several runs diverged": [inf, 3.0, nan, nan, 2.0, nan],
        "the best run has no other loss": [6.0, 5.0, 2.0, 4.0, 1.0, 3.0],
    }.items():
        # the training loss votes for the second run, the test loss for the last one or the one before it
        losses = [list(three) for three in zip(low, val, [*shuffled(rng, 4), 0.2, 0.1], strict=True)]
        if "no other" in label:  # only a validation loss that is NaN puts a run out
            losses[4][0], losses[4][2] = nan, inf
        due = searched(reference.grid_search, space, losses)["best"]
        same(run(probe(searched), student.grid_search, space, losses)["best"], due, f"When {label}")


def test_one_training_each(student, reference, same, run, untouched, rng):
    """Each combination is trained exactly once, in the order of `product_runs`."""
    for space in ({"rate": [0.1, 0.01], "units": [2, 16, 64]}, {"penalty": [0.0, 0.5, 1.0], "degree": [3, 1]}):
        losses = torch.rand(6, 3, generator=rng).double().tolist()
        due = searched(reference.grid_search, space, losses)["calls"]
        found = run(probe(searched), student.grid_search, space, losses)["calls"]
        same(found, due, f"The trainings for the settings {' and '.join(space)}", parts="training: setting")
    untouched(student.grid_search, searching, {"rate": [0.1, 0.01], "units": [2, 16]})
