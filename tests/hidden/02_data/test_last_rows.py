import torch

from grader import probe


@probe
def rows_of(f, array, n):
    import tempfile
    from pathlib import Path

    path = str(Path(tempfile.mkdtemp(dir="."), "table.npy"))
    np.save(path, array)  # noqa: F821
    return f(path, n)


@probe
def reading(f, array):
    np.save("rows.npy", array)  # noqa: F821
    return [(f, "rows.npy", 2)]


def test_rows(student, same, run, untouched, rng):
    """The last n rows come as float32, also for none and for all of them."""
    table = torch.randn(7, 3, generator=rng)
    for n in (1, 3, 7, 0):
        same(run(rows_of, student.last_rows, table.numpy(), n), table[7 - n :], f"For {n} of 7 rows")
    untouched(student.last_rows, reading, table.numpy())


@probe
def rows_after_a_change(f, array, n):
    import tempfile
    from pathlib import Path

    path = str(Path(tempfile.mkdtemp(dir="."), "table.npy"))
    np.save(path, array)  # noqa: F821
    rows = f(path, n)
    table = np.load(path, mmap_mode="r+")  # noqa: F821
    table[:] = 0
    table.flush()
    return rows


def test_own_memory(student, same, run, rng):
    """Later changes of the file do not reach the tensor."""
    table = torch.randn(6, 2, generator=rng)
    got = run(rows_after_a_change, student.last_rows, table.numpy(), 4)
    same(got, table[2:], "The rows, after the file was overwritten")


@probe
def memory_needed(f, rows, n):
    import tempfile
    import tracemalloc
    from pathlib import Path

    path = str(Path(tempfile.mkdtemp(dir="."), "table.npy"))
    np.save(path, np.ones((rows, 8), dtype=np.float32))  # noqa: F821
    tracemalloc.start()
    try:
        f(path, n)
        return tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()
        Path(path).unlink()


def test_reads_no_more_than_it_needs(student, demand, run):
    """Only the wanted rows are read into memory."""
    small = run(memory_needed, student.last_rows, 100_000, 5)
    demand(small, "For 5 rows of a file of 3.2 MB, more than 1 MB was needed: the whole file is read.")
