import torch

from grader import probe

MEAN = torch.tensor([8.3, 0.53, 0.27, 2.5, 0.09, 16.0, 46.0, 0.997, 3.3, 0.66, 10.4])
STD = torch.tensor([1.7, 0.18, 0.19, 1.4, 0.05, 15.0, 44.0, 0.003, 0.16, 0.17, 1.2])


def table(rng, n, order):
    """n rows from the source of the notebook, with the columns in another order."""
    z = torch.randn(n, 11, generator=rng)
    score = 5.6 + 0.3 * z[:, 10] - 0.3 * z[:, 1] + 2 * z[:, 6].clamp(min=0)
    score += 0.1 * torch.randn(n, generator=rng)
    return (MEAN + STD * z)[:, order], score


def setting(rng, fresh):
    order = torch.randperm(11, generator=rng)
    return *table(rng, 1000, order), *table(rng, fresh, order)


def line_loss(x, y, rows, scores):
    """The loss of the best weighted sum of the columns, on fresh rows."""

    shift, scale = x.double().mean(dim=0), x.double().std(dim=0)
    design, fresh = (
        torch.cat([(part.double() - shift) / scale, torch.ones(len(part), 1)], dim=1) for part in (x, rows)
    )
    weights = torch.linalg.lstsq(design, y.double()[:, None]).solution
    return (fresh @ weights - scores[:, None]).square().mean().item()


@probe
def predictions(fit_table, x, y, rows):
    model = fit_table(x, y)
    model.eval()
    with torch.no_grad():
        return model(rows)


def test_better_than_a_line(student, expect, demand, run, rng):
    """On fresh raw rows the loss is less than three quarters of that of the best linear model."""
    x, y, rows, scores = setting(rng, 2000)
    found = expect(run(predictions, student.fit_table, x, y, rows), torch.Tensor)
    loss = (found - scores).square().mean().item() if found.shape == scores.shape else float("nan")
    demand(loss == loss, "On fresh rows the predictions are not numbers, or not one for each row.")
    share = loss / line_loss(x, y, rows, scores)
    message = f"On fresh rows the loss is {share:.3g} times that of the best linear model; below 0.75 was asked for."
    demand(share < 0.75, message)


@probe
def seen_from_outside(fit_table, x, y):
    model = fit_table(x, y)
    model.eval()
    with torch.no_grad():
        said, half = model(x), len(x) // 2
        between = model((x[:half] + x[half : 2 * half]) / 2)
    gap = (between - (said[:half] + said[half : 2 * half]) / 2).abs().mean()
    spread = (said.std() / y.std()).item()
    return {
        "straight": (gap < 1e-3 * said.std()).item(),
        "spread": "tiny" if spread < 0.05 else "like that of the scores" if spread < 2 else "far too large",
        "better than the mean of all scores": (((said - y) ** 2).mean() < 0.9 * y.var()).item(),
    }


def test_bends(student, same, run, rng):
    """On the raw rows that it has seen it is clearly better than the mean of all scores, and it is no straight line."""
    x, y, _, _ = setting(rng, 1)
    due = {"straight": False, "spread": "like that of the scores", "better than the mean of all scores": True}
    same(run(seen_from_outside, student.fit_table, x, y), due, "On the rows of the training")


@probe
def described(fit_table, x, y, rows):
    before = x.clone(), y.clone()
    model = fit_table(x, y)
    found = {"nn.Module": isinstance(model, torch.nn.Module)}
    same = torch.equal(x, before[0]) and torch.equal(y, before[1])
    found["arguments unchanged"] = same and not (x.requires_grad or y.requires_grad)
    if not found["nn.Module"]:
        return found
    model.eval()
    with torch.no_grad():
        together, alone = model(rows), torch.cat([model(row[None]).reshape(-1) for row in rows])
    found["shape for six rows"] = list(together.shape)
    found["shape for one row"] = list(model(rows[:1]).shape)
    # one by one they are summed in another order: float32 rounding, 1e-5; other statistics are off by more than 0.1
    found["one by one the same"] = torch.allclose(alone, together, rtol=1e-3, atol=1e-3)
    return found


def test_module(student, demand, run, rng):
    """It is a module with one number for each row, whatever other rows there are, and the table stays as it is."""
    x, y, rows, _ = setting(rng, 6)
    found = run(described, student.fit_table, x, y, rows)
    demand(found["nn.Module"], "What came back is no nn.Module.")
    demand(found["arguments unchanged"], "The table or the scores that it was given have changed.")
    for label, shape in {"six rows": (6,), "one row": (1,)}.items():
        got = tuple(found[f"shape for {label}"])
        demand(got == shape, f"For {label} the predictions have the shape {got}, not {shape}.")
    why = "What it says to a row must not depend on the other rows."
    demand(found["one by one the same"], f"Asked one by one, six rows get other predictions than together. {why}")
