import io

import torch

from grader import alternative


@alternative("saves, loads to the CPU, saves again")
def save_portable(path, model, optimizer):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, path)
    torch.save(torch.load(path, map_location=torch.device("cpu")), path)


@alternative("by hand")
def save_portable(path, model, optimizer):
    def home(value):
        if isinstance(value, dict):
            return {k: home(v) for k, v in value.items()}
        if isinstance(value, list):
            return [home(v) for v in value]
        return value.detach().cpu() if isinstance(value, torch.Tensor) else value

    torch.save({"optimizer": home(optimizer.state_dict()), "model": home(model.state_dict())}, str(path))


@alternative("onto the model's device")
def load_portable(path, model, optimizer):
    device = next(model.parameters()).device
    saved = torch.load(path, map_location=device, weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])


@alternative("by way of a buffer in memory")
def save_portable(path, model, optimizer):
    buffer = io.BytesIO()
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, buffer)
    buffer.seek(0)
    torch.save(torch.load(buffer, map_location="cpu"), path)


@alternative("with a function that says where")
def load_portable(path, model, optimizer):
    saved = torch.load(path, map_location=lambda storage, where: storage)
    optimizer.load_state_dict(saved["optimizer"])
    model.load_state_dict(saved["model"])


@alternative("with lists in the place of tuples")
def save_portable(path, model, optimizer):
    def home(value):
        if isinstance(value, dict):
            return {key: home(each) for key, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [home(each) for each in value]
        return value.detach().to("cpu") if torch.is_tensor(value) else value

    torch.save({name: home(each.state_dict()) for name, each in (("model", model), ("optimizer", optimizer))}, path)
