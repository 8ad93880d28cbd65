import math

import torch

from grader import probe


@probe
def one_step(step, who, opinion):
    g, d = (torch.nn.Linear(1, 1, bias=False) for _ in range(2))
    with torch.no_grad():
        g.weight.fill_(-1.0)
        d.weight.fill_(opinion)
        g.weight.grad = torch.full((1, 1), 100.0)
        d.weight.grad = torch.full((1, 1), 100.0)
    noise = real = torch.ones(3, 1)
    player = d if who == "d" else g
    optimizer = torch.optim.SGD(player.parameters(), lr=1.0)
    arguments = (g, d, real, noise, optimizer) if who == "d" else (g, d, noise, optimizer)
    loss = step(*arguments)
    kept = who == "g" or (g.weight.grad is not None and g.weight.grad.item() == 100.0)
    return {
        "the loss": loss,
        "gradient of G left alone": kept,
        "the weight of G": g.weight.item(),
        "the weight of D": d.weight.item(),
    }


def test_one_step_each(student, same, run):
    """D says ±ln 3. Its loss is 2·ln(4/3), that of G ln 4; each step moves one, whatever gradients lay there before."""
    ln3 = math.log(3)
    due = {
        "gradient of G left alone": True,
        "the loss": 2 * math.log(4 / 3),
        "the weight of G": -1.0,
        "the weight of D": ln3 + 0.5,
    }
    same(run(one_step, student.d_step, "d", ln3), due, "After a step of D")
    due = {
        "gradient of G left alone": True,
        "the loss": math.log(4),
        "the weight of G": -1.0 + 0.75 * ln3,
        "the weight of D": ln3,
    }
    same(run(one_step, student.g_step, "g", ln3), due, "After a step of G")
