import torch

from grader import probe


@probe
def one_step(step, who):
    g, d = (torch.nn.Linear(1, 1, bias=False) for _ in range(2))
    with torch.no_grad():
        g.weight.fill_(2.0)
        d.weight.fill_(0.0)
    noise, real = torch.ones(3, 1), torch.full((3, 1), 4.0)
    player = d if who == "d" else g
    optimizer = torch.optim.SGD(player.parameters(), lr=1.0)
    arguments = (g, d, real, noise, optimizer) if who == "d" else (g, d, noise, optimizer)
    return {"loss": step(*arguments), "g": g.weight.item(), "d": d.weight.item()}


def test_a_discriminator_without_an_opinion(student, same, run):
    """D gives 0 to everybody: the losses are 2·ln 2 and ln 2, D moves by 1, and G gets no hint of where to go."""
    same(run(one_step, student.d_step, "d"), {"loss": 1.3862944, "g": 2.0, "d": 1.0}, "After a step of D")
    same(run(one_step, student.g_step, "g"), {"loss": 0.6931472, "g": 2.0, "d": 0.0}, "After a step of G")
