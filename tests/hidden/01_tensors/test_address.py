import torch


def test_a_contiguous_tensor(student, reference, agree):
    """In a fresh tensor the last axis is fastest."""
    cases = [(torch.zeros(3, 4), 1, 2), (torch.zeros(2, 3, 5), 1, 0, 4)]
    agree(student.address, reference.address, cases, dtypes="any", layouts=())


def test_views_and_slices(student, reference, agree):
    """Offset and strides of slices, transposes and repeated rows count."""
    t = torch.arange(9).view(3, 3)
    cases = [(t[1:, 1:], 1, 0), (t.T, 0, 2), (t[2], 1), (torch.zeros(4, 6)[::2, 1::3], 1, 1)]
    cases += [
        (torch.tensor(-2.5),),
        (torch.zeros(4, 1), 2, 0),
        (torch.zeros(1, 4), 0, 3),
        (torch.zeros(40, 30).byte(), 31, 7),
    ]
    agree(student.address, reference.address, [*cases, (t[:1].expand(4, 3), 2, 1)])
