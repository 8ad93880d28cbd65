import torch

from grader import probe


@probe
def there_and_back(roundtrip, t):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        return roundtrip(t, str(Path(folder, "tensor.pt")))


def test_comes_back(student, same, run):
    """The tensor comes back from a file."""
    same(run(there_and_back, student.roundtrip, torch.arange(3)), torch.arange(3), "roundtrip(torch.arange(3), path)")
