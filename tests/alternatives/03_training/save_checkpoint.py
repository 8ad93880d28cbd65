import copy
from pathlib import Path

import torch

from grader import alternative


@alternative("an open file, and a key more")
def save_checkpoint(path, model, optimizer, epoch):
    states = {name: part.state_dict() for name, part in (("model", model), ("optimizer", optimizer))}
    with open(path, "wb") as file:
        torch.save({**states, "epoch": epoch, "version": torch.__version__.split("+")[0]}, file)


@alternative("copies on the CPU")
def save_checkpoint(path, model, optimizer, epoch):
    weights = {name: tensor.detach().cpu().clone() for name, tensor in model.state_dict().items()}
    checkpoint = dict(model=weights, optimizer=copy.deepcopy(optimizer.state_dict()), epoch=int(epoch))
    torch.save(checkpoint, Path(path))


@alternative("an open file, everything on the CPU")
def load_checkpoint(path, model, optimizer):
    with Path(path).open("rb") as file:
        saved = torch.load(file, map_location="cpu", weights_only=True)
    optimizer.load_state_dict(saved["optimizer"])
    model.load_state_dict(saved["model"], strict=True)
    return saved.get("epoch")


@alternative("copies into the parameters")
def load_checkpoint(path, model, optimizer):
    saved = torch.load(path)
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            tensor.copy_(saved["model"][name])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]
