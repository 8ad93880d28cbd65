import torch
from torch import nn

from grader import mistake


@mistake("MG299", "Clips gradients that are still multiplied", hint="Before `unscale_`, gradients are too long by the factor. First unscale, then clip.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()


@mistake("MG300", "Never updates the factor", hint="`scaler.update()` belongs at the end of every step.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    torch._foreach_mul_([p.grad for p in model.parameters()], 1 / scaler.get_scale())
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    if all(p.grad.isfinite().all() for p in model.parameters()):
        optimizer.step()
    return loss.detach()


@mistake("MG301", "Steps without the scaler", hint="`optimizer.step()` knows nothing of infinite gradients. `scaler.step(optimizer)` skips the step.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    optimizer.step()
    scaler.update()
    return loss.detach()


@mistake("MG302", "Does not multiply the loss", hint="Call `backward` on what `scaler.scale` returns: without the factor, small gradients vanish, and `unscale_` makes them smaller still.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss)
    loss.backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()


@mistake("MG303", "Returns the multiplied loss", hint="The loss that goes into `backward` is too large by the factor. Return the other one.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        loss = loss_fn(model(x), y)
    loss = scaler.scale(loss)
    loss.backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()


@mistake("MG304", "Computes in full precision", hint="Without `torch.autocast`, everything stays float32.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()


@mistake("MG305", "Takes bfloat16", hint="float16 was asked for. bfloat16 would need no scaler.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast(device_type="cuda", dtype=torch.bfloat16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()


@mistake("MG306", "Computes the loss outside of autocast", hint="Forward pass and loss belong into the block.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        predicted = model(x)
    loss = loss_fn(predicted.float(), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()


@mistake("MG307", "Casts the model to half precision", hint="The weights stay float32. Autocast picks the precision of each operation.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    model.half()
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        loss = loss_fn(model(x.half()), y.half())
    model.float()
    scaler.scale(loss).backward()
    model.half()
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    optimizer.step()
    return loss.detach()


@mistake("MG308", "Does not clip", hint="The unscaled gradients are to be clipped before the step.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()


@mistake("MG309", "Adds to old gradients", hint="Clear the gradients before `backward`.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()


@mistake("MG438", "Forgets to update the scaler", hint="The last of the four steps is missing: without it the next `unscale_` is refused.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast("cuda", torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    scaler.step(optimizer)
    return loss.detach()


@mistake("MG450", "Does everything under autocast", hint="Only the forward pass and the loss belong into the block. What follows knows by itself what they did.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        loss = loss_fn(model(x), y)
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), limit)
        scaler.step(optimizer)
        scaler.update()
    return loss.detach()


@mistake("MG451", "Goes back under autocast", hint="`backward` follows by itself what the forward pass did. It belongs after the block.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        loss = loss_fn(model(x), y)
        scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()


@mistake("MG462", "Clips each parameter by itself", hint="The gradients of all parameters *together* are to be at most `limit` long: one call for all of them.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast("cuda", torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    for p in model.parameters():
        nn.utils.clip_grad_norm_(p, limit)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()


@mistake("MG463", "Clears the gradients after the step only", hint="There may be old gradients before the first step. Clear them before `backward`.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    with torch.autocast("cuda", torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    optimizer.zero_grad()
    return loss.detach()


@mistake("MG464", "Clips the numbers and not the length", hint="`clip_grad_value_` cuts each number and changes the direction. `clip_grad_norm_` shortens all of them by one factor.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast("cuda", torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_value_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()


@mistake("MG465", "Stops at infinite gradients", hint="Infinite gradients are no error here: `scaler.step` skips the step. Leave `error_if_nonfinite` alone.")
def amp_step(model, x, y, optimizer, scaler, loss_fn, limit):
    optimizer.zero_grad()
    with torch.autocast("cuda", torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit, error_if_nonfinite=True)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()
