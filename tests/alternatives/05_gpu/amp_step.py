import torch
from torch import nn

from grader import alternative


@alternative("autocast by position, cleared afterwards, clipped by clip_")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    model.zero_grad(set_to_none=True)
    with torch.amp.autocast("cuda", torch.float16):
        predictions = model(x)
        loss = loss_fn(predictions, y)
    scaled = scaler.scale(loss)
    scaled.backward()
    scaler.unscale_(optimizer)
    clip_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    optimizer.zero_grad()
    return loss.detach().clone()
