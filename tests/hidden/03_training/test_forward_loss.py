import torch

from grader import probe
from grader.asking.variations import expanded, sliced


def asked(forward_loss, x, t, start, train):
    params = [p.clone().requires_grad_() for p in start]
    with torch.enable_grad():  # puts back afterwards what a function may have left behind
        loss = forward_loss(lambda x, w, b: torch.tanh(w * x + b), params, x, t, train)
    if not isinstance(loss, torch.Tensor):
        return {"loss": loss, "requires_grad": False}
    found = {"loss": loss.detach().clone(), "requires_grad": loss.requires_grad}
    found["the parameters still learn"] = all(p.requires_grad for p in params)
    if train:
        loss.backward()
        found["gradients"] = [p.grad for p in params]
    return found


def data(rng, *shape, dtype=torch.float64):
    x, t = torch.randn(2, *(shape or (3, 4)), generator=rng, dtype=dtype)
    return x, t, list(torch.randn(2, generator=rng, dtype=dtype))


def settings(rng):
    x, t, start = data(rng, 1, 2, 3, 1, dtype=torch.float32)
    yield data(rng)
    yield data(rng, 3, 3)
    yield sliced(x), sliced(t), start
    yield expanded(x[0, 0]), t[0, 0], start


@probe
def askings(forward_loss, x, t, start):
    params = [p.clone().requires_grad_() for p in start]
    return [(forward_loss, lambda x, w, b: w * x + b, params, x, t, True)]


def test_in_training(student, reference, same, run, untouched, rng):
    """In training the loss can go backward, and brings the gradients to the parameters."""
    for arguments in settings(rng):
        due = asked(reference.forward_loss, *arguments, True)
        same(run(probe(asked), student.forward_loss, *arguments, True), due, "In training", parts="parameter")
    untouched(student.forward_loss, askings, *arguments)


def test_in_evaluation(student, reference, same, run, rng):
    """Otherwise the loss is the same number and requires no gradient; the parameters still do."""
    for arguments in settings(rng):
        due = asked(reference.forward_loss, *arguments, False)
        same(run(probe(asked), student.forward_loss, *arguments, False), due, "Outside of training")


@probe
def recording_afterwards(forward_loss, x, t, start):
    params = [p.clone().requires_grad_() for p in start]
    found = {}
    for before in (True, False):
        for train in (True, False):
            with torch.set_grad_enabled(before):
                forward_loss(lambda x, w, b: w * x + b, params, x, t, train)
                found[f"recording before: {before}, train: {train}"] = torch.is_grad_enabled()
    return found


def test_recording_is_as_before(student, same, run, rng):
    """After the call operations are recorded if, and only if, they were before."""
    found = run(recording_afterwards, student.forward_loss, *data(rng))
    due = {f"recording before: {before}, train: {train}": before for before in (True, False) for train in (True, False)}
    same(found, due, "Whether operations are recorded after the call")
