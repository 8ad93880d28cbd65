import torch

from grader import probe


@probe
def trained(fit_table, x, y, rows):
    model = fit_table(x, y)
    model.eval()
    with torch.no_grad():
        return model(rows)


def test_better_than_the_mean(student, expect, demand, run):
    """On fresh rows of a table with one useful column the predictions are better than the mean of all scores."""
    generator = torch.Generator().manual_seed(3)
    x = torch.randn(600, 11, generator=generator) * torch.logspace(-2, 2, 11) + 5
    y = x[:, 4].clone()
    said = expect(run(trained, student.fit_table, x[:500], y[:500], x[500:]), torch.Tensor)
    demand(said.shape == (100,), f"For 100 rows the predictions have the shape {tuple(said.shape)}.")
    loss, of_the_mean = ((said - y[500:]) ** 2).mean(), y[500:].var()
    demand(bool(loss < of_the_mean / 2), f"The loss {loss:.3g} is not below half of that of the mean.")
