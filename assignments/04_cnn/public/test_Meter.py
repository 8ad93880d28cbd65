from grader import probe


@probe
def used(meter):
    loss = meter("loss")
    loss.add(2.0, 1)
    loss.add(1.0, 3)
    return [loss.name, loss.mean(), repr(loss)]


def test_two_batches(student, same, run):
    """A batch of one with the loss 2, and a batch of three with the loss 1."""
    same(run(used, student.Meter), ["loss", 1.25, "loss: 1.2500 (4 samples)"], "Of the meter", parts="name, mean, repr")
