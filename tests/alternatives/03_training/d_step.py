import torch
from torch import nn
from torch.nn import functional as F

from grader import alternative


@alternative("fakes made under no_grad, two calls of backward")
def d_step(g, d, real, noise, d_optimizer):
    d_optimizer.zero_grad()
    with torch.no_grad():
        fakes = g(noise)
    losses = []
    for samples, target in ((real, 1.0), (fakes, 0.0)):
        scores = d(samples)
        losses.append(F.binary_cross_entropy_with_logits(scores, torch.full_like(scores, target)))
        losses[-1].backward()
    d_optimizer.step()
    return sum(loss.item() for loss in losses)


@alternative("softplus")
def d_step(g, d, real, noise, d_optimizer):
    d.zero_grad(set_to_none=False)
    fakes = g(noise).detach()
    loss = F.softplus(-d(real)).mean() + F.softplus(d(fakes)).mean()
    loss.backward()
    d_optimizer.step()
    return float(loss)


@alternative("probabilities, both kinds in one batch")
def d_step(g, d, real, noise, d_optimizer):
    p = torch.sigmoid(d(torch.cat([real, g(noise).data])))
    ones, zeros = real.new_ones(len(real), 1), real.new_zeros(len(noise), 1)
    loss = nn.BCELoss()(p[: len(real)], ones) + nn.BCELoss()(p[len(real) :], zeros)
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@alternative("clears both networks")
def g_step(g, d, noise, g_optimizer):
    g.zero_grad()
    scores = d(g(noise))
    loss = F.binary_cross_entropy_with_logits(scores, scores.new_ones(scores.shape))
    loss.backward()
    g_optimizer.step()
    d.zero_grad()
    return loss.detach().item()


@alternative("freezes the discriminator for a while, and thaws what it has frozen")
def g_step(g, d, noise, g_optimizer):
    learning = [p for p in d.parameters() if p.requires_grad]
    for p in learning:
        p.requires_grad_(False)
    loss = F.softplus(-d(g(noise))).mean()
    for p in learning:
        p.requires_grad_()
    g_optimizer.zero_grad()
    loss.backward()
    g_optimizer.step()
    return loss.item()
