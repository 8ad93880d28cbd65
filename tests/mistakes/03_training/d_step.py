import torch
from torch import nn

from grader import mistake


@mistake("ML310", "Sends gradients to the generator", hint="D's loss is none of G's business. Cut the fakes off with `detach`.")
def d_step(g, d, real, noise, d_optimizer):
    loss_fn = nn.BCEWithLogitsLoss()
    real_scores, fake_scores = d(real), d(g(noise))
    loss = loss_fn(real_scores, torch.ones_like(real_scores)) + loss_fn(fake_scores, torch.zeros_like(fake_scores))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("ML391", "Clears the generator's gradients", hint="G's gradients were to stay as they are, in D's step. Clear D's alone.")
def d_step(g, d, real, noise, d_optimizer):
    g.zero_grad()
    loss_fn = nn.BCEWithLogitsLoss()
    real_scores, fake_scores = d(real), d(g(noise).detach())
    loss = loss_fn(real_scores, torch.ones_like(real_scores)) + loss_fn(fake_scores, torch.zeros_like(fake_scores))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("ML311", "Freezes the generator and leaves it so", hint="`requires_grad_(False)` stays in force: G would never learn again. `detach` cuts off without a trace.")
def d_step(g, d, real, noise, d_optimizer):
    g.requires_grad_(False)
    loss_fn = nn.BCEWithLogitsLoss()
    real_scores, fake_scores = d(real), d(g(noise))
    loss = loss_fn(real_scores, torch.ones_like(real_scores)) + loss_fn(fake_scores, torch.zeros_like(fake_scores))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("ML312", "Lets old gradients take part in D's step", hint="G's step leaves its traces on D. Clear D's gradients before `backward`.")
def d_step(g, d, real, noise, d_optimizer):
    loss_fn = nn.BCEWithLogitsLoss()
    real_scores, fake_scores = d(real), d(g(noise).detach())
    loss = loss_fn(real_scores, torch.ones_like(real_scores)) + loss_fn(fake_scores, torch.zeros_like(fake_scores))
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("ML313", "Swaps the targets of real and fake", hint="High scores are for real samples: the target 1. Fakes get 0.")
def d_step(g, d, real, noise, d_optimizer):
    loss_fn = nn.BCEWithLogitsLoss()
    real_scores, fake_scores = d(real), d(g(noise).detach())
    loss = loss_fn(real_scores, torch.zeros_like(real_scores)) + loss_fn(fake_scores, torch.ones_like(fake_scores))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("ML314", "Averages over real and fake samples together", hint="The loss is the mean over the real samples *plus* the mean over the fakes, however many there are of each.")
def d_step(g, d, real, noise, d_optimizer):
    scores = torch.cat([d(real), d(g(noise).detach())])
    targets = torch.cat([torch.ones(len(real), 1), torch.zeros(len(noise), 1)]).to(scores)
    loss = nn.BCEWithLogitsLoss()(scores, targets)
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("ML315", "Shows the discriminator no real samples", hint="D has to learn both, what is real and what is not.")
def d_step(g, d, real, noise, d_optimizer):
    scores = d(g(noise).detach())
    loss = nn.BCEWithLogitsLoss()(scores, torch.zeros_like(scores))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("ML316", "Takes the noise for fakes", hint="A fake is what G makes of the noise.")
def d_step(g, d, real, noise, d_optimizer):
    loss_fn = nn.BCEWithLogitsLoss()
    real_scores, fake_scores = d(real), d(noise)
    loss = loss_fn(real_scores, torch.ones_like(real_scores)) + loss_fn(fake_scores, torch.zeros_like(fake_scores))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("ML44b", "Gives raw scores to the loss for probabilities", hint="`nn.BCELoss` wants numbers between 0 and 1. The form that takes raw scores has another name.")
def d_step(g, d, real, noise, d_optimizer):
    loss_fn = nn.BCELoss()
    real_scores, fake_scores = d(real) * 0 + 2, d(g(noise).detach())
    loss = loss_fn(real_scores, torch.ones_like(real_scores)) + loss_fn(fake_scores, torch.zeros_like(fake_scores))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("ML317", "Sends the scores through the sigmoid twice", hint="`BCEWithLogitsLoss` has the sigmoid inside. Give it the raw scores.")
def d_step(g, d, real, noise, d_optimizer):
    loss_fn = nn.BCEWithLogitsLoss()
    real_scores, fake_scores = d(real).sigmoid(), d(g(noise).detach()).sigmoid()
    loss = loss_fn(real_scores, torch.ones_like(real_scores)) + loss_fn(fake_scores, torch.zeros_like(fake_scores))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("ML46", "Hands the scores to the constructor of the loss", hint="A loss in `nn` is an object: make it first, without any scores, then call it with scores and targets.")
def g_step(g, d, noise, g_optimizer):
    scores = d(g(noise))
    loss = nn.BCEWithLogitsLoss(scores, torch.ones_like(scores))
    g_optimizer.zero_grad()
    loss.backward()
    g_optimizer.step()
    return loss.item()


@mistake("ML318", "Cuts the fakes off in the generator's step, too", hint="Here the gradient has to pass through D to G. Only D's step detaches.")
def g_step(g, d, noise, g_optimizer):
    scores = d(g(noise).detach())
    loss = nn.BCEWithLogitsLoss()(scores, torch.ones_like(scores))
    g_optimizer.zero_grad()
    loss.backward()
    g_optimizer.step()
    return loss.item()


@mistake("ML319", "Teaches the generator to be found out", hint="G wants D to take its fakes for real: the target is 1.")
def g_step(g, d, noise, g_optimizer):
    scores = d(g(noise))
    loss = nn.BCEWithLogitsLoss()(scores, torch.zeros_like(scores))
    g_optimizer.zero_grad()
    loss.backward()
    g_optimizer.step()
    return loss.item()


@mistake("ML320", "Takes minus the discriminator's loss", hint="That is another loss: it hardly pulls where D is sure. The cross-entropy with the target 1 was asked for.")
def g_step(g, d, noise, g_optimizer):
    scores = d(g(noise))
    loss = -nn.BCEWithLogitsLoss()(scores, torch.zeros_like(scores))
    g_optimizer.zero_grad()
    loss.backward()
    g_optimizer.step()
    return loss.item()


@mistake("ML321", "Lets old gradients take part in G's step", hint="Clear G's gradients before `backward`.")
def g_step(g, d, noise, g_optimizer):
    scores = d(g(noise))
    loss = nn.BCEWithLogitsLoss()(scores, torch.ones_like(scores))
    loss.backward()
    g_optimizer.step()
    return loss.item()


@mistake("ML322", "Freezes the discriminator and leaves it so", hint="`requires_grad_(False)` stays in force: D would never learn again. It need not be frozen, its optimizer just makes no step.")
def g_step(g, d, noise, g_optimizer):
    d.requires_grad_(False)
    scores = d(g(noise))
    loss = nn.BCEWithLogitsLoss()(scores, torch.ones_like(scores))
    g_optimizer.zero_grad()
    loss.backward()
    g_optimizer.step()
    return loss.item()


@mistake("ML323", "Moves the discriminator as well", hint="The two take turns. In G's step only G's optimizer makes a step.")
def g_step(g, d, noise, g_optimizer):
    scores = d(g(noise))
    loss = nn.BCEWithLogitsLoss()(scores, torch.ones_like(scores))
    g_optimizer.zero_grad()
    d.zero_grad()
    loss.backward()
    g_optimizer.step()
    torch.optim.SGD(d.parameters(), lr=0.1).step()
    return loss.item()


@mistake("ML533", 'Averages over real samples and fakes together', hint='A mean for each of the two, then their sum: they need not be equally many.')
def d_step(g, d, real, noise, d_optimizer):
    with torch.no_grad():
        fakes = g(noise)
    scores = torch.cat([d(real), d(fakes)])
    targets = torch.cat([torch.ones(len(real), 1), torch.zeros(len(fakes), 1)]).to(scores)
    loss = 2 * nn.functional.binary_cross_entropy_with_logits(scores, targets)
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("ML534", 'Makes two steps', hint='One loss, one `backward`, one step, for real samples and fakes together.')
def d_step(g, d, real, noise, d_optimizer):
    loss_fn, total = nn.functional.binary_cross_entropy_with_logits, 0.0
    for samples, target in ((real, torch.ones), (g(noise).detach(), torch.zeros)):
        d_optimizer.zero_grad()
        scores = d(samples)
        loss = loss_fn(scores, target(scores.shape, dtype=scores.dtype))
        loss.backward()
        d_optimizer.step()
        total += loss.item()
    return total


@mistake("ML535", 'Clears the gradients after the step only', hint='What others left before the call takes part in the first step, then. Clear before `backward`.')
def d_step(g, d, real, noise, d_optimizer):
    loss_fn = nn.BCEWithLogitsLoss()
    on_real, on_fakes = d(real), d(g(noise).detach())
    loss = loss_fn(on_real, torch.ones_like(on_real)) + loss_fn(on_fakes, torch.zeros_like(on_fakes))
    loss.backward()
    d_optimizer.step()
    d_optimizer.zero_grad()
    return loss.item()


@mistake("ML536", 'Takes less than 1 as the target of real samples', hint='The target of real samples is 1.')
def d_step(g, d, real, noise, d_optimizer):
    loss_fn = nn.BCEWithLogitsLoss()
    on_real, on_fakes = d(real), d(g(noise).detach())
    loss = loss_fn(on_real, torch.full_like(on_real, 0.9)) + loss_fn(on_fakes, torch.zeros_like(on_fakes))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("MQ310", "Lets frozen parameters of D learn afterwards", hint="Some of D's parameters may have been frozen before. Put back what you found, or leave `requires_grad` alone: G's optimizer does not move D.")
def g_step(g, d, noise, g_optimizer):
    d.requires_grad_(False)
    scores = d(g(noise))
    loss = nn.functional.binary_cross_entropy_with_logits(scores, torch.ones_like(scores))
    g_optimizer.zero_grad()
    loss.backward()
    g_optimizer.step()
    d.requires_grad_(True)
    return loss.item()


@mistake("MQ311", "Lets frozen parameters of G learn afterwards", hint="Some of G's parameters may have been frozen before. Put back what you found, or leave `requires_grad` alone: `detach` is enough.")
def d_step(g, d, real, noise, d_optimizer):
    g.requires_grad_(False)
    real_scores, fake_scores = d(real), d(g(noise))
    loss_fn = nn.functional.binary_cross_entropy_with_logits
    loss = loss_fn(real_scores, torch.ones_like(real_scores)) + loss_fn(fake_scores, torch.zeros_like(fake_scores))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    g.requires_grad_(True)
    return loss.item()


@mistake("MQ326", "Asks G in evaluation mode", hint="Both networks are asked in the mode in which they come: what G makes may be something else in the other one.")
def d_step(g, d, real, noise, d_optimizer):
    before = g.training
    g.eval()
    fakes = g(noise).detach()
    g.train(before)
    real_scores, fake_scores = d(real), d(fakes)
    loss_fn = nn.functional.binary_cross_entropy_with_logits
    loss = loss_fn(real_scores, torch.ones_like(real_scores)) + loss_fn(fake_scores, torch.zeros_like(fake_scores))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    return loss.item()


@mistake("MQ327", "Asks D in evaluation mode", hint="Both networks are asked in the mode in which they come: what D says may be something else in the other one.")
def g_step(g, d, noise, g_optimizer):
    before = d.training
    d.eval()
    scores = d(g(noise))
    d.train(before)
    loss = nn.functional.binary_cross_entropy_with_logits(scores, torch.ones_like(scores))
    g_optimizer.zero_grad()
    loss.backward()
    g_optimizer.step()
    return loss.item()


@mistake("MQ328", "Trains D in training mode, whatever it came in", hint="Both networks are asked in the mode in which they come.")
def d_step(g, d, real, noise, d_optimizer):
    before = d.training
    d.train()
    real_scores, fake_scores = d(real), d(g(noise).detach())
    loss_fn = nn.functional.binary_cross_entropy_with_logits
    loss = loss_fn(real_scores, torch.ones_like(real_scores)) + loss_fn(fake_scores, torch.zeros_like(fake_scores))
    d_optimizer.zero_grad()
    loss.backward()
    d_optimizer.step()
    d.train(before)
    return loss.item()
