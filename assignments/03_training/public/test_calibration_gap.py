import torch


def test_two_bins(student, same):
    """Two bins: 0.25 is claimed where none is right, 0.75 where all are."""
    confidence = torch.tensor([0.25, 0.25, 0.75, 0.75])
    got = student.calibration_gap(confidence, torch.tensor([False, False, True, True]), 2)
    same(got, 0.25, "calibration_gap([0.25, 0.25, 0.75, 0.75], [F, F, T, T], 2)")
