import torch


def test_category_beats_size(student, same):
    """int64 and float16 give float16."""
    same(student.promoted(torch.int64, torch.float16), torch.float16, "promoted(int64, float16)")
