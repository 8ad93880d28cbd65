import torch

from grader import probe


@probe
def picked(pick_device, there, *prefer, in_vain=False):
    import contextlib
    from unittest.mock import patch

    def answers(name):
        return lambda *args: name in there

    with contextlib.ExitStack() as stack:
        for name in ("cuda", "xpu"):
            module = getattr(torch, name)
            stack.enter_context(patch.object(module, "is_available", answers(name)))
            stack.enter_context(patch.object(module, "device_count", lambda name=name: int(name in there)))
        stack.enter_context(patch.object(torch.backends.mps, "is_available", answers("mps")))
        stack.enter_context(patch.object(torch.backends.mps, "is_built", answers("mps")))
        if not in_vain:
            return pick_device(*prefer)
        try:
            pick_device(*prefer)
        except RuntimeError as error:
            if str(error) == "pick_device":  # the handout's own: nothing is written yet
                raise
            return {"a RuntimeError": not isinstance(error, NotImplementedError)}
        return {"a RuntimeError": False}


def test_first_that_is_there(student, same, run):
    """The first of the list that can be used, as a torch.device, on machines with different hardware."""
    everything = ["cuda", "xpu", "mps"]
    for there, prefer, due in (
        (["mps"], ("xpu", "mps"), "mps"),
        (everything, ("cuda", "cpu"), "cuda"),
        ([], ("cuda", "xpu", "mps", "cpu"), "cpu"),
        (["cuda"], ("mps", "xpu", "cuda"), "cuda"),
        (everything, ("mps", "cuda", "cpu"), "mps"),
        (["xpu", "mps"], ("cuda", "xpu", "mps"), "xpu"),
        (["mps"], ("cuda", "xpu", "mps", "cpu"), "mps"),
        (everything, ("cpu", "cuda"), "cpu"),
    ):
        what = f"With {there or 'nothing but the CPU'}, for {prefer}"
        same(run(picked, student.pick_device, there, prefer), torch.device(due), what)


@probe
def calls(pick_device):
    return [(pick_device,), (pick_device, ["cpu"])]


def test_without_a_list(student, same, run, untouched):
    """Without a list: cuda, xpu, mps and cpu in this order."""
    for there, due in ((["xpu", "cuda", "mps"], "cuda"), (["mps", "xpu"], "xpu"), (["mps"], "mps"), ([], "cpu")):
        what = f"With {there or 'nothing but the CPU'}"
        same(run(picked, student.pick_device, there), torch.device(due), what)
    untouched(student.pick_device, calls)


def test_nothing_there(student, same, run):
    """When nothing of the list can be used, a RuntimeError is raised."""
    found = run(picked, student.pick_device, ["xpu"], ("cuda", "mps"), in_vain=True)
    same(found, {"a RuntimeError": True}, "With xpu only, for cuda and mps")


def test_other_words(student, refuses):
    """Another word is refused with a ValueError, wherever it stands."""
    lists = (("gpu", "cpu"), ("cpu", "tpu"), ("cpu", "pu"), ("meta", "cpu"), ("cpu", "cuda:1"), ("cpu:0",))
    refuses(student.pick_device, {" and ".join(prefer): (prefer,) for prefer in lists}, ValueError)
