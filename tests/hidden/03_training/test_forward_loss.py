import torch

from grader import probe


def asked(forward_loss, x, t, start, train):
    params = [p.clone().requires_grad_() for p in start]
    with torch.enable_grad():  # puts back afterwards what a function may have left behind
        loss = forward_loss(lambda x, w, b: torch.tanh(w * x + b), params, x, t, train)
    found = {"loss": loss.detach().clone(), "requires_grad": loss.requires_grad}
    if train:
        loss.backward()
        found["gradients"] = [p.grad for p in params]
    return found


def data(rng):
    x, t = torch.randn(2, 3, 4, generator=rng, dtype=torch.float64)
    return x, t, list(torch.randn(2, generator=rng, dtype=torch.float64))


def test_in_training(student, reference, same, run, rng):
    """In training the loss can go backward, and brings the gradients to the parameters."""
    arguments = (*data(rng), True)
    due = asked(reference.forward_loss, *arguments)
    same(run(probe(asked), student.forward_loss, *arguments), due, "In training")


def test_in_evaluation(student, reference, same, run, rng):
    """Otherwise the loss is the same number and requires no gradient."""
    arguments = (*data(rng), False)
    due = asked(reference.forward_loss, *arguments)
    same(run(probe(asked), student.forward_loss, *arguments), due, "Outside of training")


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
