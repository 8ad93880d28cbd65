import torch

from grader import mistake


@mistake("MC444", "Saves the whole module", hint="A module is code as well as numbers; `torch.load` refuses it. Save the state dict.")
def save_net(model, settings, path):
    torch.save({"settings": settings, "weights": model}, path)


@mistake("MC445", "Saves the parameters, and forgets the buffers", hint="Running statistics belong to a network as well: `state_dict` has both.")
def save_net(model, settings, path):
    torch.save({"settings": settings, "weights": {n: p.detach() for n, p in model.named_parameters()}}, path)


@mistake("MC446", "Saves the weights without the settings", hint="Whoever loads it has to build the same network first.")
def save_net(model, settings, path):
    torch.save(model.state_dict(), path)


@mistake("MC447", "Saves the settings as text", hint="They come back as they were: numbers and lists can be saved as they are.")
def save_net(model, settings, path):
    torch.save({"settings": str(settings), "weights": model.state_dict()}, path)


@mistake("MC34", "Returns the report of load_state_dict", hint="It works in place. Return the model.")
def load_net(path, build):
    saved = torch.load(path)
    return build(**saved["settings"]).eval().load_state_dict(saved["weights"])


@mistake("MC448", "Leaves the network in training mode", hint="It is loaded to be used: `eval()`.")
def load_net(path, build):
    saved = torch.load(path)
    model = build(**saved["settings"])
    model.load_state_dict(saved["weights"])
    return model


@mistake("MC449", "Builds the network, and loads nothing into it", hint="Random weights give noise: load the state dict.")
def load_net(path, build):
    return build(**torch.load(path)["settings"]).eval()


@mistake("MC450", "Loads the parameters only", hint="Buffers such as running statistics are in the file, too. `load_state_dict` takes both.")
def load_net(path, build):
    saved = torch.load(path)
    model = build(**saved["settings"])
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(saved["weights"][name])
    return model.eval()


@mistake("MC451", "Hands the settings over as one dict", hint="`build(**settings)`: each setting is an argument of its own.")
def load_net(path, build):
    saved = torch.load(path)
    model = build(saved["settings"])
    model.load_state_dict(saved["weights"])
    return model.eval()


@mistake("MC452", "Builds the network twice", hint="Build it once, and load into that one.")
def load_net(path, build):
    saved = torch.load(path)
    build(**saved["settings"]).load_state_dict(saved["weights"])
    model = build(**saved["settings"])
    model.load_state_dict(saved["weights"])
    return model.eval()


@mistake("MC787", "Hands the settings on without their names", hint="`build(**settings)` gives each setting to the parameter of its name, in whichever order they stand.")
def load_net(path, build):
    saved = torch.load(path)
    model = build(*saved["settings"].values())
    model.load_state_dict(saved["weights"])
    return model.eval()


@mistake("MC788", "Starts the common generator anew", hint="All random numbers that follow would be the same each time. Nobody asked for a seed.")
def load_net(path, build):
    torch.manual_seed(0)
    saved = torch.load(path)
    model = build(**saved["settings"])
    model.load_state_dict(saved["weights"])
    return model.eval()


@mistake("MQ409", "Writes to another path where the name does not end in .pt", hint="The caller looks for the file under the very name that was given, whatever it ends in.")
def save_net(model, settings, path):
    if not path.endswith((".pt", ".pth")):
        path += ".pt"
    torch.save({"settings": settings, "weights": model.state_dict()}, path)


@mistake("MQ411", "Reads from another path where the name does not end in .pt", hint="The file is under the very name that was given, whatever it ends in.")
def load_net(path, build):
    saved = torch.load(path if path.endswith((".pt", ".pth")) else path + ".pt")
    net = build(**saved["settings"])
    net.load_state_dict(saved["weights"])
    return net.eval()
