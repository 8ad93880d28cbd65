import torch

from grader import alternative


@alternative("lerp and addcmul")
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    m = torch.lerp(m, g, 1 - b1)
    v = (b2 * v).addcmul(g, g, value=1 - b2)
    size = rate / (1 - b1**t)
    return p.addcdiv(m, v.sqrt() / (1 - b2**t) ** 0.5 + eps, value=-size), m, v


@alternative("one step of the optimizer itself")
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    leaf = p.clone().requires_grad_()
    leaf.grad = g.clone()
    optimizer = torch.optim.Adam([leaf], lr=rate, betas=betas, eps=eps)
    optimizer.state[leaf] = {"step": torch.tensor(float(t - 1)), "exp_avg": m.clone(), "exp_avg_sq": v.clone()}
    optimizer.step()
    state = optimizer.state[leaf]
    return leaf.detach(), state["exp_avg"], state["exp_avg_sq"]
