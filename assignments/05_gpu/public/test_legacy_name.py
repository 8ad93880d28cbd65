import torch


def test_two_names(student, same):
    """float32 on the CPU, and int64 on a card."""
    same(student.legacy_name(torch.float32, "cpu"), "torch.FloatTensor", 'legacy_name(torch.float32, "cpu")')
    same(student.legacy_name(torch.int64, "cuda"), "torch.cuda.LongTensor", 'legacy_name(torch.int64, "cuda")')
