from pathlib import Path
import copy
import io
import torch

from grader import mistake


@mistake("MG172", "Writes tensors of the card", hint="The file remembers the device of every tensor. Move them to the CPU before you save.")
def save_portable(path, model, optimizer):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, path)


@mistake("MG173", "Moves the model away to save it", hint="`model.cpu()` moves the model itself. Copy its state instead.")
def save_portable(path, model, optimizer):
    model.cpu()
    torch.save(to_device({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, "cpu"), path)


@mistake("MG174", "Leaves the optimizer's tensors on the card", hint="Momentum is on the card too, deep inside of the optimizer's state.")
def save_portable(path, model, optimizer):
    state = {name: t.cpu() for name, t in model.state_dict().items()}
    torch.save({"model": state, "optimizer": optimizer.state_dict()}, path)


@mistake("MG175", "Saves the parameters without the buffers", hint="`named_parameters` knows no buffers. The state dict has both.")
def save_portable(path, model, optimizer):
    state = {"model": dict(model.named_parameters()), "optimizer": optimizer.state_dict()}
    torch.save(to_device(state, "cpu"), path)


@mistake("MG176", "Forgets the optimizer", hint="To go on with a training one needs the optimizer's state, too.")
def save_portable(path, model, optimizer):
    torch.save(to_device({"model": model.state_dict()}, "cpu"), path)


@mistake("MG177", "Asks for the device that wrote the file", hint="The file may name a card that is not here. `map_location` puts its tensors elsewhere.")
def load_portable(path, model, optimizer):
    saved = torch.load(path)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])


@mistake("MG178", "Moves the model to the CPU", hint="`load_state_dict` copies into the parameters wherever they are. The model can stay.")
def load_portable(path, model, optimizer):
    saved = torch.load(path, map_location="cpu")
    model.cpu().load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])


@mistake("MG179", "Loads the model only", hint="The optimizer has a state of its own: rate, momentum.")
def load_portable(path, model, optimizer):
    model.load_state_dict(torch.load(path, map_location="cpu")["model"])


@mistake("MG180", "Takes for granted that there is a card", hint="The model may be on the CPU, and so may be the whole machine.")
def load_portable(path, model, optimizer):
    saved = torch.load(path, map_location="cuda")
    model.to("cuda")
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])


@mistake("MG425", "Takes the optimizer's memory to the CPU", hint="The dicts inside of `optimizer.state_dict()` are the optimizer's own. Make new ones.")
def save_portable(path, model, optimizer):
    weights = {k: v.cpu() for k, v in model.state_dict().items()}
    state = optimizer.state_dict()
    for slot in state["state"].values():
        for key, value in slot.items():
            if isinstance(value, torch.Tensor):
                slot[key] = value.cpu()
    torch.save({"model": weights, "optimizer": state}, path)


@mistake("MG426", "Puts the tensors of the file in the place of the parameters", hint="`assign=True` takes the CPU tensors of the file themselves, and the optimizer does not know them.")
def load_portable(path, model, optimizer):
    saved = torch.load(path, map_location="cpu")
    model.load_state_dict(saved["model"], assign=True)
    optimizer.load_state_dict(saved["optimizer"])


@mistake("MG501", "Leaves the learning rate on the card", hint="The settings of the optimizer may be tensors, too. They stand in `param_groups`, a list of dicts.")
def save_portable(path, model, optimizer):
    state = optimizer.state_dict()
    moved = {
        key: {name: value.cpu() if torch.is_tensor(value) else value for name, value in entry.items()}
        for key, entry in state["state"].items()
    }
    weights = {name: value.cpu() for name, value in model.state_dict().items()}
    torch.save({"model": weights, "optimizer": {**state, "state": moved}}, path)


@mistake("MG502", "Changes the name of the file", hint="The caller chooses the name, and looks for the file under it.")
def save_portable(path, model, optimizer):
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(to_device(state, "cpu"), Path(path).with_suffix(".pt"))


@mistake("MG534", "Writes CPU tensors into the optimizer", hint="The dict that `optimizer.state_dict()` returns is new, but those inside of it are the optimizer's own, settings and memory. Make new ones.")
def save_portable(path, model, optimizer):
    state = optimizer.state_dict()
    for inner in [*state["state"].values(), *state["param_groups"]]:
        for key, value in inner.items():
            if isinstance(value, torch.Tensor):
                inner[key] = value.cpu()
    torch.save({"model": {k: v.cpu() for k, v in model.state_dict().items()}, "optimizer": state}, path)


@mistake("MQ513", "Takes a Path for a word", hint="`path` is a `str` or a `Path`, and a `Path` has no `endswith`. `torch.save` takes both, whatever they end in.")
def save_portable(path, model, optimizer):
    if not path.endswith((".pt", ".today")):
        path += ".pt"
    torch.save(to_device({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, "cpu"), path)


@mistake("MG545", "Switches the recording of gradients on afterwards", hint="Whoever calls may have switched it off. `with torch.no_grad():` puts back what was there.")
def save_portable(path, model, optimizer):
    torch.set_grad_enabled(False)
    torch.save(to_device({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, "cpu"), path)
    torch.set_grad_enabled(True)
