from grader import probe


@probe
def two_tensors(peak_memory):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        return peak_memory(lambda: torch.ones(1024, device="cuda") * 2, "cuda")  # noqa: F821


def test_two_tensors(student, same, run):
    """1024 ones and their doubles are there at the same time: 8192 bytes."""
    same(run(two_tensors, student.peak_memory), 8192, "Bytes for 1024 ones and their doubles")


@probe
def with_a_past(peak_memory):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        kept = torch.ones(1024, device="cuda")  # noqa: F821
        torch.ones(9999, device="cuda")  # noqa: F821
        return peak_memory(lambda: kept * 2, "cuda")


def test_what_was_before(student, same, run):
    """1024 ones lie there already, and 9999 were there for a moment: their doubles are 4096 bytes more."""
    same(run(with_a_past, student.peak_memory), 4096, "Bytes for the doubles")
