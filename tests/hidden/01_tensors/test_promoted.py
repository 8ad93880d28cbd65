import torch


def test_two_types(student, reference, agree):
    """Two dtypes give what adding such tensors gives."""
    pairs = {
        "whole numbers with smaller floats": (torch.int64, torch.float16),
        "bytes with and without a sign": (torch.uint8, torch.int8),
        "bools with bytes": (torch.bool, torch.uint8),
        "floats of two sizes": (torch.float32, torch.float64),
        "two kinds of small floats": (torch.float16, torch.bfloat16),
        "floats with smaller complex numbers": (torch.float64, torch.complex64),
    }
    agree(student.promoted, reference.promoted, pairs)


def test_one_and_many(student, reference, agree):
    """One dtype stays what it is, and of many every one counts."""
    cases = {
        "whole numbers alone": (torch.int16,),
        "bools alone": (torch.bool,),
        "small whole numbers with bools": (torch.int8, torch.bool),
        "three, floats first": (torch.float64, torch.bool, torch.int8),
        "three, floats in the middle": (torch.bool, torch.float16, torch.int64),
        "four": (torch.uint8, torch.int8, torch.bool, torch.int32),
    }
    agree(student.promoted, reference.promoted, cases)
