import torch


def test_eleven_samples(student, same, expect):
    """Of 11 samples, two are for validation; together they are 0 to 10."""
    parts = expect(student.split_indices(11, 0.2, 0), (tuple, list))
    same([len(part) for part in parts], [9, 2], "The lengths of the parts")
    same(torch.cat(list(parts)).sort().values, torch.arange(11), "All indices together")
