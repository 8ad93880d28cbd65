import torch

from grader import probe


@probe
def written(save_portable, weight, place, path):
    from pathlib import Path

    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        model = torch.nn.Sequential(torch.nn.Linear(2, 2, bias=False), torch.nn.BatchNorm1d(2))
        with torch.no_grad():
            model[0].weight.copy_(weight)
        model.to(place)
        rate = torch.tensor(0.5).to(place)  # some optimizers keep numbers of their settings in tensors
        optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
        model[0].weight.grad = torch.ones_like(model[0].weight)
        optimizer.step()

        def now():
            parts = [[part.training, len(part._forward_hooks)] for part in model.modules()]
            files = sorted(file.name for file in Path().iterdir() if file.name != path)
            return parts, files, torch.get_rng_state().tolist(), [p.requires_grad for p in model.parameters()]

        model[1].eval()
        before, sent = now(), machine.counts
        save_portable(Path(path) if place == "cpu" else path, model, optimizer)
        stays, sent = now() == before, (machine.counts - sent).host_to_device
        saved = torch.load(path)
        momentum = optimizer.state[model[0].weight]["momentum_buffer"]
        return {
            "modes, hooks and other files as before": stays,
            "keys": sorted(saved),
            "model": dict(saved["model"]),
            "momentum in the file": saved["optimizer"]["state"][0]["momentum_buffer"],
            "learning rate in the file": saved["optimizer"]["param_groups"][0]["lr"],
            "copies to the card": sent,
            "device of the model afterwards": str(model[0].weight.device),
            "device of the optimizer's momentum afterwards": str(momentum.device),
            "weight stays": model[0].weight.detach().cpu(),
        }


@probe
def calls(save_portable, path):
    model = torch.nn.Linear(2, 2)
    return [(save_portable, path, model, torch.optim.SGD(model.parameters(), lr=0.5))]


def test_file(student, same, run, untouched, rng):
    """All tensors in the file are on the CPU, momentum and buffers too, and the model stays where it was."""
    weight = torch.randn(2, 2, generator=rng)
    for place in ("cuda:0", "cuda:1", "cpu"):
        due = {
            "modes, hooks and other files as before": True,
            "keys": ["model", "optimizer"],
            "model": {
                "0.weight": weight - 0.5,
                "1.weight": torch.ones(2),
                "1.bias": torch.zeros(2),
                "1.running_mean": torch.zeros(2),
                "1.running_var": torch.ones(2),
                "1.num_batches_tracked": torch.tensor(0),
            },
            "momentum in the file": torch.ones(2, 2),
            "learning rate in the file": torch.tensor(0.5),
            "copies to the card": 0,
            "device of the model afterwards": place,
            "device of the optimizer's momentum afterwards": place,
            "weight stays": weight - 0.5,
        }
        same(run(written, student.save_portable, weight, place, "checkpoint.of.today"), due, f"For a model on {place}")
    untouched(student.save_portable, calls, "checkpoint.of.today", but=["files"])


@probe
def loaded(load_portable, weight, momentum, saved_on, place, path):
    import zipfile
    from pathlib import Path

    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        model = torch.nn.Linear(2, 2, bias=False)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.25, momentum=0.9)
        state = {
            "state": {0: {"momentum_buffer": momentum.to(saved_on)}},
            "param_groups": optimizer.state_dict()["param_groups"],
        }
        torch.save({"model": {"weight": weight.to(saved_on)}, "optimizer": state}, path)
        # a card that no machine here has: the file names it wherever it named the one that wrote it
        with zipfile.ZipFile(path) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts:
                archive.writestr(name, content.replace(b"cuda:1", b"cuda:7"))

        model = torch.nn.Linear(2, 2, bias=False).to(place)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
        kept, files = list(model.parameters()), sorted(file.name for file in Path().iterdir())
        state, model = torch.get_rng_state(), model.eval()
        load_portable(path, model, optimizer)
        stays = [
            all(p is q and p.requires_grad for p, q in zip(model.parameters(), kept, strict=True)),
            not model.training and not model._forward_hooks,
            sorted(file.name for file in Path().iterdir()) == files and torch.equal(state, torch.get_rng_state()),
        ]
        where = str(model.weight.device)
        start = model.weight.detach().cpu().clone()
        model.weight.grad = torch.zeros_like(model.weight)
        optimizer.step()
        return {
            "device": where,
            "weight": start,
            "weight after a step whose gradient is zero": model.weight.detach().cpu(),
            "stays": stays,
        }


def test_loading(student, same, run, rng):
    """Model and momentum go on where they were, on whatever device they are and whoever wrote the file."""
    for saved_on, place in (("cpu", "cuda:1"), ("cpu", "cpu"), ("cuda:1", "cpu"), ("cuda:1", "cuda:0")):
        weight, momentum = torch.randn(2, 2, 2, generator=rng)
        due = {
            "device": place,
            "weight": weight,
            "weight after a step whose gradient is zero": weight - 0.25 * 0.9 * momentum,
        }
        due["stays"] = [True, True, True]
        found = run(loaded, student.load_portable, weight, momentum, saved_on, place, "given.pt")
        same(
            found,
            due,
            f"From a file with tensors of {'a card that is not here' if saved_on != 'cpu' else 'the CPU'} to {place}",
            parts={"stays": "parameters, mode and hooks of the model, files and random numbers"},
        )
