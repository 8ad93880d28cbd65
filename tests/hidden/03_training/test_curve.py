import torch

from grader import probe


def test_array(student, reference, agree, rng):
    """The result is a NumPy array of the predictions, whether the parameters require gradients or not."""
    cases = {
        "plain numbers": (torch.randn(2, generator=rng), torch.rand(4, generator=rng)),
        "parameters in training": (torch.randn(2, generator=rng, requires_grad=True), torch.rand(6, generator=rng)),
        "a single place": (torch.randn(2, generator=rng), torch.rand(1, generator=rng)),
        "float64": (torch.randn(2, generator=rng, dtype=torch.float64), torch.rand(3, generator=rng).double()),
    }
    agree(student.curve, reference.curve, cases, dtypes="floating", layouts=["sliced", "expanded"])


@probe
def afterwards(curve, start, xs):
    params = start.clone().requires_grad_()
    curve(params, xs)
    return {"requires_grad": params.requires_grad, "values": params.detach().clone()}


def test_parameters_stay(student, same, run, rng):
    """The parameters have the same values afterwards and still require gradients."""
    start = torch.randn(2, generator=rng)
    due = {"requires_grad": True, "values": start}
    same(
        run(afterwards, student.curve, start, torch.rand(5, generator=rng)),
        due,
        "The parameters afterwards",
        about="arguments",
    )
