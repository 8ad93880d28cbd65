import math

import torch

from grader import mistake


@mistake("ML148", "Leaves the correction out", hint="Both memories start at zero and are too small at first. Divide each by 1 - beta**t.")
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    m = betas[0] * m + (1 - betas[0]) * g
    v = betas[1] * v + (1 - betas[1]) * g**2
    return p - rate * m / (v.sqrt() + eps), m, v


@mistake("ML149", "Adds epsilon under the root", hint="Epsilon is added to the root, not to what stands under it.")
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    m = betas[0] * m + (1 - betas[0]) * g
    v = betas[1] * v + (1 - betas[1]) * g**2
    return p - rate * (m / (1 - betas[0] ** t)) / (v / (1 - betas[1] ** t) + eps).sqrt(), m, v


@mistake("ML150", "Keeps the corrected memories", hint="The correction is for this step only. Return the memories without it.")
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    m = (betas[0] * m + (1 - betas[0]) * g) / (1 - betas[0] ** t)
    v = (betas[1] * v + (1 - betas[1]) * g**2) / (1 - betas[1] ** t)
    return p - rate * m / (v.sqrt() + eps), m, v


@mistake("ML151", "Counts the steps from 0", hint="For the first step t is 1 already.")
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    m = betas[0] * m + (1 - betas[0]) * g
    v = betas[1] * v + (1 - betas[1]) * g**2
    return p - rate * (m / (1 - betas[0] ** (t + 1))) / ((v / (1 - betas[1] ** (t + 1))).sqrt() + eps), m, v


@mistake("ML152", "Forgets the root", hint="Divide by the root of the second memory: it is an average of squares.")
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    m = betas[0] * m + (1 - betas[0]) * g
    v = betas[1] * v + (1 - betas[1]) * g**2
    return p - rate * (m / (1 - betas[0] ** t)) / (v / (1 - betas[1] ** t) + eps), m, v


@mistake("ML153", "Squares the first memory instead of the gradient", hint="The second memory averages the squares of the gradients.")
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    m = betas[0] * m + (1 - betas[0]) * g
    v = betas[1] * v + (1 - betas[1]) * m**2
    return p - rate * (m / (1 - betas[0] ** t)) / ((v / (1 - betas[1] ** t)).sqrt() + eps), m, v


@mistake("ML154", "Updates the caller's memories", hint="`mul_` and `add_` change the tensors that you were given.")
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    m.mul_(betas[0]).add_((1 - betas[0]) * g)
    v.mul_(betas[1]).add_((1 - betas[1]) * g**2)
    return p - rate * (m / (1 - betas[0] ** t)) / ((v / (1 - betas[1] ** t)).sqrt() + eps), m, v


@mistake("ML457", 'Adds epsilon before v is corrected', hint='In the formula epsilon is added to the root of the *corrected* v.')
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g * g
    step = rate * math.sqrt(1 - b2**t) / (1 - b1**t)
    return p - step * m / (v.sqrt() + eps), m, v


@mistake("ML458", 'Corrects with betas of its own', hint='The correction uses the betas that are handed over.')
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    m = betas[0] * m + (1 - betas[0]) * g
    v = betas[1] * v + (1 - betas[1]) * g.square()
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return p - rate * m_hat / (v_hat.sqrt() + eps), m, v


@mistake("ML459", 'Stops correcting after some steps', hint='The correction 1 - beta**t belongs to every step; for beta 0.999 it matters for thousands.')
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g.square()
    c1, c2 = (1 - b1**t, 1 - b2**t) if t <= 10 else (1.0, 1.0)
    return p - rate * (m / c1) / ((v / c2).sqrt() + eps), m, v


@mistake("ML460", 'Decays the parameters', hint='Making the parameters smaller at each step is AdamW. Here is only the step of the formula.')
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    m = torch.lerp(g, m, b1)
    v = torch.lerp(g * g, v, b2)
    p = p * (1 - rate * 0.01)
    return p - rate * (m / (1 - b1**t)) / ((v / (1 - b2**t)).sqrt() + eps), m, v


@mistake("ML461", 'Never lets the second memory shrink', hint='It is an average, and falls when gradients become small.')
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    m = b1 * m + (1 - b1) * g
    v = torch.maximum(v, b2 * v + (1 - b2) * g * g)
    return p - rate * (m / (1 - b1**t)) / ((v / (1 - b2**t)).sqrt() + eps), m, v


@mistake("ML462", 'Uses an epsilon of its own', hint='`eps` is an argument.')
def adam_step(p, g, m, v, t, rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    (b1, b2) = betas
    m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2
    return p - rate * (m / (1 - b1**t)) / ((v / (1 - b2**t)).sqrt() + 1e-8), m, v
