import numpy as np
import torch


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


def test_settings(student, expect, demand):
    """There are settings in the form that was asked for, with which a network reads 70 % of the last 500 digits."""
    settings = expect(student.forty_steps(), dict, "What `forty_steps` returns")
    missing = [name for name in ("units", "spread", "rates", "momentum") if name not in settings]
    demand(not missing, f"These keys are missing: {missing}.")
    rates = expect(settings["rates"], (list, tuple), '"rates"')
    demand(len(rates) == 40, f'"rates" must be forty numbers, not {len(rates)}.')
    digits = np.load("data/digits.npz")
    x = torch.from_numpy(digits["images"]).flatten(1).float() / 16
    y = torch.from_numpy(digits["labels"]).long()
    shares = [share_read(settings, x[:1297], y[:1297], x[1297:], y[1297:], seed) for seed in range(5)]
    read = 100 * sum(shares) / len(shares)
    demand(read >= 70, f"With these settings {read:.1f} % are read rightly.")
