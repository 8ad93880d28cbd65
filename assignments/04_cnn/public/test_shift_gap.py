import torch

from grader import probe


@probe
def gaps(shift_gap, image):
    flat = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(9, 1, bias=False))
    with torch.no_grad():
        flat[1].weight.copy_(torch.arange(9.0)[None])
    return [shift_gap(flat, image, 0, 1), shift_gap(flat, image, 1, 0), shift_gap(flat, image, 0, 3)]


PARTS = "gap of one column, gap of one row, gap of three columns"


def test_one_bright_pixel(student, same, run):
    """A layer that knows where the bright pixel is: one column on it says 1 more, one row on 3 more."""
    image = torch.zeros(1, 3, 3)
    image[0, 0, 0] = 1.0
    same(run(gaps, student.shift_gap, image), [1.0, 3.0, 0.0], "shift_gap", parts=PARTS)
