from grader import probe

OPTIMIZERS = ("sgd", "momentum", "adam")


def totals(training_bytes, kind, optimizers):
    import torch
    from torch import nn

    def models():
        if kind == "with a buffer that is not saved":
            model = nn.Linear(3, 2)
            model.register_buffer("mask", torch.ones(7), persistent=False)
            return model
        if kind == "with a weight that two layers share":
            model = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3))
            model[1].weight = model[0].weight
            return model
        if kind == "with buffers":
            return nn.Sequential(nn.Linear(5, 4), nn.BatchNorm1d(4), nn.Linear(4, 1, bias=False))
        if kind == "partly frozen":
            model = nn.Sequential(nn.Linear(6, 5), nn.Linear(5, 3).half(), nn.Linear(3, 2).double())
            model[0].weight.requires_grad_(False)
            model[2].requires_grad_(False)
            return model
        shared = nn.Linear(4, 4)
        return nn.Sequential(shared, nn.ReLU(), shared, nn.Linear(4, 2, dtype=torch.bfloat16))

    return [training_bytes(models(), optimizer) for optimizer in optimizers]


@probe
def calls(f, *options):
    return [(f, torch.nn.BatchNorm1d(2), "adam", *options), (f, torch.nn.Linear(2, 2).eval(), "sgd", *options)]  # noqa: F821


def test_totals(student, reference, same, run, untouched):
    """Exact bytes for every optimizer: with buffers, frozen and shared parameters, and several dtypes."""
    for kind in (
        "with buffers",
        "partly frozen",
        "with a layer that is used twice",
        "with a weight that two layers share",
        "with a buffer that is not saved",
    ):
        due = totals(reference.training_bytes, kind, OPTIMIZERS)
        same(
            run(probe(totals), student.training_bytes, kind, OPTIMIZERS),
            due,
            f"For a model {kind}",
            parts="bytes with sgd, bytes with momentum, bytes with adam",
        )
    untouched(student.training_bytes, calls)


@probe
def refused(training_bytes, words, trained):
    found = {}
    for word in words:
        try:
            training_bytes(torch.nn.Linear(1, 1).requires_grad_(trained), word)  # noqa: F821
            found[f"a ValueError for {word!r}"] = False
        except ValueError:
            found[f"a ValueError for {word!r}"] = True
    return found


def test_other_optimizers(student, same, run):
    """Other words are refused with a ValueError."""
    words = ["Adam", "rmsprop", ""]
    due = {f"a ValueError for {word!r}": True for word in words}
    for trained in (True, False):
        what = f"For other optimizers{'' if trained else ' and a model that is frozen'}"
        same(run(refused, student.training_bytes, words, trained), due, what)


@probe
def answers(fits, cases):
    model = torch.nn.Linear(3, 2)  # noqa: F821
    return [fits(model, *case) for case in cases]


def test_fits(student, same, run, untouched):
    """What does not depend on the batch, and the activations of all samples, in all of the memory."""
    cases = [
        ("adam", 10, 7, 198),
        ("adam", 10, 7, 197),
        ("sgd", 1, 100, 164),
        ("sgd", 1, 101, 164),
        ("momentum", 0, 9, 96),
    ]
    found = run(answers, student.fits, cases)
    same(
        found,
        [True, False, True, False, True],
        "For Linear(3, 2)",
        parts={
            "card that is just large enough for adam": None,
            "card one byte too small for adam": None,
            "card just large enough for sgd": None,
            "card too small for one more sample": None,
            "batch of none with momentum": None,
        },
    )
    untouched(student.fits, calls, 10, 7, 198)
