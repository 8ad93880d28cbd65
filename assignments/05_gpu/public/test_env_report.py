import torch


def test_keys_and_version(student, same, expect):
    """All five keys are there, and the version is that of PyTorch."""
    report = expect(student.env_report(), dict)
    same(sorted(map(str, report)), ["available", "built_for", "bytes", "names", "torch"], "The keys")
    same(report["torch"], str(torch.__version__), '"torch"')
