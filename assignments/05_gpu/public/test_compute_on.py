import torch

from grader import probe


@probe
def double_sum(compute_on, a, b):
    seen = []

    def f(a, b):
        seen.append(str(a.device))
        return 2 * (a + b)

    result = compute_on("cuda", f, a, b)
    return {"computed on": seen, "result": result}


def test_two_tensors(student, same, run):
    """2 · (a + b), computed on the card."""
    found = run(double_sum, student.compute_on, torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]))
    due = {"computed on": ["cuda:0"], "result": torch.tensor([8.0, 12.0])}
    same(found, due, "With 2 · (a + b)")
