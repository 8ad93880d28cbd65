import torch

from grader import probe


@probe
def saved(f, t):
    import contextlib
    import tempfile
    from pathlib import Path

    given = t.clone()
    with tempfile.TemporaryDirectory() as home, contextlib.chdir(home):
        path = str(Path(home, "numbers"))
        f(torch.zeros(2), path)
        loaded = f(t, path)
        files = sorted(path.name for path in Path(home).iterdir())
        held = torch.load(path) if Path(path).exists() else "(it is not there)"
        kept = loaded.clone()
        torch.save(torch.zeros_like(held) if isinstance(held, torch.Tensor) else 0, path)
        return {
            "loaded": kept,
            "names of the files": files,
            "what the file holds": held,
            "memory of its own": loaded is not t and (not t.numel() or loaded.data_ptr() != t.data_ptr()),
            "it stays when the file is written anew": torch.equal(loaded, kept),
            "the tensor stays": t.shape == given.shape and not t.requires_grad and torch.equal(t, given),
        }


def tensors(rng):
    t = torch.randn(3, 4, generator=rng)
    return {
        "a matrix": t,
        "whole numbers": torch.arange(5),
        "a transpose": t.T,
        "a part of a matrix": t[1:, ::2],
        "rows that share their memory": t[0].expand(3, 4),
        "a row": t[:1],
        "a column": t[:, :1],
        "a square": t[:, :3],
        "four axes": t.view(1, 2, 6, 1),
        "a single number": torch.tensor([-2.5]),
        "a scalar": torch.tensor(-2.5),
        "no numbers": t[:0],
        "float64": t.double(),
        "float16": t.half(),
        "int32": torch.arange(-4, 5, dtype=torch.int32),
        "bytes": torch.arange(9, dtype=torch.uint8),
        "bools": t > 0,
    }


@probe
def calls(f, t):
    import tempfile

    return [(f, t, tempfile.mkdtemp() + "/tensor.pt")]


def test_file_and_result(student, same, run, untouched, rng):
    """The file, and no other, holds the last tensor saved, and the result was read from it; any dtype and shape."""
    for label, t in tensors(rng).items():
        due = {
            "loaded": t,
            "names of the files": ["numbers"],
            "what the file holds": t,
            "memory of its own": True,
            "it stays when the file is written anew": True,
            "the tensor stays": True,
        }
        same(run(saved, student.roundtrip, t), due, f"After a second `roundtrip(t, path)`, for {label}")
    untouched(student.roundtrip, calls, torch.rand(3, 2, generator=rng), but=["files"])
