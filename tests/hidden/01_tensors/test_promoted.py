import torch


def test_two_types(student, reference, agree):
    """Two dtypes give what adding such tensors gives."""
    pairs = [
        (torch.int64, torch.float16),
        (torch.uint8, torch.int8),
        (torch.bool, torch.uint8),
        (torch.float32, torch.float64),
        (torch.float16, torch.bfloat16),
        (torch.float64, torch.complex64),
    ]
    agree(student.promoted, reference.promoted, pairs)


def test_one_and_many(student, reference, agree):
    """One dtype stays what it is, and of many every one counts."""
    cases = [
        (torch.int16,),
        (torch.bool,),
        (torch.int8, torch.bool),
        (torch.float64, torch.bool, torch.int8),
        (torch.bool, torch.float16, torch.int64),
        (torch.uint8, torch.int8, torch.bool, torch.int32),
    ]
    agree(student.promoted, reference.promoted, cases)
