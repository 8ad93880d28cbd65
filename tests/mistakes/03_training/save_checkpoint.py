import torch

from grader import mistake


@mistake("ML260", "Does not save the optimizer", hint="Momentum and Adam have a memory. Without it the training does not go on as it was.")
def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "epoch": epoch}, path)


@mistake("ML261", "Saves the objects themselves", hint="`torch.load` does not unpickle classes. Save the state dicts.")
def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model, "optimizer": optimizer, "epoch": epoch}, path)


@mistake("ML262", "Saves the weights alone", hint="The file holds a dict with three keys: \"model\", \"optimizer\" and \"epoch\".")
def save_checkpoint(path, model, optimizer, epoch):
    torch.save(model.state_dict(), path)


@mistake("ML263", "Saves the number of the next epoch", hint="The file holds the epoch that was handed over, as it is.")
def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1}, path)


@mistake("ML264", "Saves the settings of the optimizer, not its memory", hint="`state_dict()` holds both, the groups with their rates and the state of each parameter.")
def save_checkpoint(path, model, optimizer, epoch):
    groups = [{k: v for k, v in g.items() if k != "params"} | {"params": list(range(len(g["params"])))} for g in optimizer.param_groups]
    settings = {"state": {}, "param_groups": groups}
    torch.save({"model": model.state_dict(), "optimizer": settings, "epoch": epoch}, path)


@mistake("ML265", "Does not load the optimizer", hint="Give the optimizer its memory back, too; `load_state_dict` works on both.")
def load_checkpoint(path, model, optimizer):
    saved = torch.load(path)
    model.load_state_dict(saved["model"])
    return saved["epoch"]


@mistake("ML266", "Gives the loaded weights to a name instead of the model", hint="An assignment to `model` changes nothing outside. `load_state_dict` works in place.")
def load_checkpoint(path, model, optimizer):
    saved = torch.load(path)
    model = saved["model"]
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


@mistake("ML267", "Returns nothing", hint="Whoever goes on wants to know from which epoch on.")
def load_checkpoint(path, model, optimizer):
    saved = torch.load(path)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])


@mistake("ML268", "Takes what `load_state_dict` returns for the model", hint="`load_state_dict` changes the model in place. It returns a report on the keys, and no model.")
def load_checkpoint(path, model, optimizer):
    saved = torch.load(path)
    model = model.load_state_dict(saved["model"])
    optimizer = optimizer.load_state_dict(saved["optimizer"])
    return model, optimizer, saved["epoch"]


@mistake("ML269", "Counts the epoch on while loading", hint="The epoch that was saved is to come back, as it is.")
def load_checkpoint(path, model, optimizer):
    saved = torch.load(path)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"] + 1


@mistake("ML361", "Saves the parameters without the running statistics", hint="A batch norm has buffers beside its parameters. Take the whole `state_dict()`.")
def save_checkpoint(path, model, optimizer, epoch):
    weights = {name: p.detach().clone() for name, p in model.named_parameters()}
    torch.save({"model": weights, "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


@mistake("ML367", "Loads the parameters without the running statistics", hint="A batch norm has buffers beside its parameters. `load_state_dict` takes all of them.")
def load_checkpoint(path, model, optimizer):
    saved = torch.load(path)
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(saved["model"][name])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


@mistake("ML523", 'Keeps the rate of the new optimizer', hint='The saved rate was to come back, too.')
def load_checkpoint(path, model, optimizer):
    saved = torch.load(path)
    rates = [group["lr"] for group in optimizer.param_groups]
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    for group, rate in zip(optimizer.param_groups, rates):
        group["lr"] = rate
    return saved["epoch"]


@mistake("ML524", 'Gives the model new parameters', hint='The optimizer holds the old ones and moves what nobody uses. Let `load_state_dict` copy into them.')
def load_checkpoint(path, model, optimizer):
    saved = torch.load(path)
    model.load_state_dict(saved["model"], assign=True)
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


@mistake("ML525", 'Saves the weights in float32', hint='They lose half of their digits. Save them as they are.')
def save_checkpoint(path, model, optimizer, epoch):
    weights = {name: t.float() if t.is_floating_point() else t for name, t in model.state_dict().items()}
    torch.save({"model": weights, "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


@mistake("MQ313", "Writes to another path where the name does not end in .pt", hint="The caller looks for the file under the very name that was given, whatever it ends in.")
def save_checkpoint(path, model, optimizer, epoch):
    saved = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save(saved, path if path.endswith((".pt", ".pth")) else path + ".pt")


@mistake("MQ329", "Reads from another path where the name does not end in .pt", hint="The file is under the very name that was given, whatever it ends in.")
def load_checkpoint(path, model, optimizer):
    saved = torch.load(path if path.endswith((".pt", ".pth")) else path + ".pt")
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]
