import torch

from grader import probe

LEAST = 70  # percent


def share_read(settings, images, labels, fresh, due, seed):
    """The share of fresh digits that a network reads after forty steps with these settings."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        first, last = torch.nn.Linear(64, settings["units"]), torch.nn.Linear(settings["units"], 10)
        net = torch.nn.Sequential(first, torch.nn.ReLU(), last)
        with torch.no_grad():
            first.weight.mul_(settings["spread"])
            last.weight.mul_(settings["spread"])
        optimizer = torch.optim.SGD(net.parameters(), momentum=settings["momentum"])
        for rate in settings["rates"]:
            batch = torch.randperm(len(images))[:50]
            loss = torch.nn.functional.cross_entropy(net(images[batch]), labels[batch])
            optimizer.param_groups[0]["lr"] = rate
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            return (net(fresh).argmax(dim=1) == due).double().mean().item()


def checked(answer, expect, demand):
    """Settings that are in the form that was asked for."""
    found = expect(answer, dict, "What `forty_steps` returns")
    missing = [name for name in ("units", "spread", "rates", "momentum") if name not in found]
    demand(not missing, f"These keys are missing: {missing}.")
    units, rates = expect(found["units"], int, '"units"'), expect(found["rates"], (list, tuple), '"rates"')
    demand(not isinstance(units, bool) and 1 <= units <= 128, f'"units" must be from 1 to 128, not {units}.')
    demand(len(rates) == 40, f'"rates" must be forty numbers, not {len(rates)}.')
    for rate in rates:
        demand(0 <= expect(rate, (float, int), "A rate") <= 10, f"A rate must be from 0 to 10, not {rate}.")
    spread, momentum = (expect(found[name], (float, int), f'"{name}"') for name in ("spread", "momentum"))
    demand(0 <= spread <= 10, f'"spread" must be from 0 to 10, not {spread}.')
    demand(0 <= momentum < 1, f'"momentum" must be from 0 to less than 1, not {momentum}.')
    return found


def test_reads_digits(student, reference, expect, demand, draw, rng):
    """After forty steps with these settings networks read 70 % or more of 500 digits that they have not seen."""
    settings = checked(student.forty_steps(), expect, demand)
    order, turns = torch.randperm(1797, generator=rng), int(torch.randint(1, 4, (1,), generator=rng))
    x = reference.digit_images[order].rot90(turns, (1, 2)).flatten(1).float() / 16
    y = reference.digit_labels[order]
    shares = [share_read(settings, x[:1297], y[:1297], x[1297:], y[1297:], seed) for seed in range(5)]
    read = 100 * sum(shares) / len(shares)
    draw.quest("Percent of 500 unseen digits that are read right after forty steps", read, student)
    demand(read >= LEAST, f"They read {read:.1f} % of them, and {LEAST} are due.")


@probe
def settings(f):
    return [(f,)]


def test_leaves_nothing_behind(student, untouched):
    """To name settings needs no random numbers that all share, no file and no setting of PyTorch's."""
    untouched(student.forty_steps, settings)
