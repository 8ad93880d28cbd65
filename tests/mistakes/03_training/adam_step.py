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
