import copy

import torch

from grader import mistake


@mistake("MG328", "Adds up the gradients of the shards", hint="The loss of each shard is a mean. Added up, they are as many times too large as there are devices.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    for device, part in zip(devices, range_parts(len(x), len(devices))):
        replica = copy.deepcopy(model).to(device)
        replica.zero_grad()
        rows = slice(part.start, part.stop)
        loss_fn(replica(x[rows].to(device)), y[rows].to(device)).backward()
        for own, other in zip(model.parameters(), replica.parameters()):
            grad = other.grad.to(own.device)
            own.grad = grad if own.grad is None else own.grad + grad


@mistake("MG329", "Averages shards of different sizes", hint="Three samples count for more than two. Weight by the size of the shard.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    for device, part in zip(devices, range_parts(len(x), len(devices))):
        replica = copy.deepcopy(model).to(device)
        replica.zero_grad()
        rows = slice(part.start, part.stop)
        (loss_fn(replica(x[rows].to(device)), y[rows].to(device)) / len(devices)).backward()
        for own, other in zip(model.parameters(), replica.parameters()):
            grad = other.grad.to(own.device)
            own.grad = grad if own.grad is None else own.grad + grad


@mistake("MG330", "Moves the model from card to card", hint="`.to` of a module moves the model itself. Each device needs a copy: `copy.deepcopy`.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    for device, part in zip(devices, range_parts(len(x), len(devices))):
        model.to(device)
        rows = slice(part.start, part.stop)
        (loss_fn(model(x[rows].to(device)), y[rows].to(device)) * (len(part) / len(x))).backward()


@mistake("MG331", "Computes everything at home", hint="Each part belongs on its own device.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    home = devices[0]
    for part in range_parts(len(x), len(devices)):
        rows = slice(part.start, part.stop)
        (loss_fn(model(x[rows].to(home)), y[rows].to(home)) * (len(part) / len(x))).backward()


@mistake("MG332", "Keeps the gradient of the last device only", hint="The gradients of all replicas add up. Assigning overwrites.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    for device, part in zip(devices, range_parts(len(x), len(devices))):
        replica = copy.deepcopy(model).to(device)
        replica.zero_grad()
        rows = slice(part.start, part.stop)
        (loss_fn(replica(x[rows].to(device)), y[rows].to(device)) * (len(part) / len(x))).backward()
        for own, other in zip(model.parameters(), replica.parameters()):
            own.grad = other.grad.to(own.device)


@mistake("MG333", "Counts old gradients", hint="Clear the gradients of the model before the first part.")
def parallel_grads(model, x, y, loss_fn, devices):
    for device, part in zip(devices, range_parts(len(x), len(devices))):
        replica = copy.deepcopy(model).to(device)
        replica.zero_grad()
        rows = slice(part.start, part.stop)
        (loss_fn(replica(x[rows].to(device)), y[rows].to(device)) * (len(part) / len(x))).backward()
        for own, other in zip(model.parameters(), replica.parameters()):
            grad = other.grad.to(own.device)
            own.grad = grad if own.grad is None else own.grad + grad


@mistake("MG334", "Copies the gradients along with the model", hint="A deep copy of a model has its gradients, too, and `backward` adds to them. Clear them in the replica.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    for device, part in zip(devices, range_parts(len(x), len(devices))):
        replica = copy.deepcopy(model).to(device)
        rows = slice(part.start, part.stop)
        (loss_fn(replica(x[rows].to(device)), y[rows].to(device)) * (len(part) / len(x))).backward()
        for own, other in zip(model.parameters(), replica.parameters()):
            grad = other.grad.to(own.device)
            own.grad = grad if own.grad is None else own.grad + grad


@mistake("MG335", "Gives every device the whole batch", hint="Each device computes its own part: cut x and y.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    for device in devices:
        replica = copy.deepcopy(model).to(device)
        replica.zero_grad()
        (loss_fn(replica(x.to(device)), y.to(device)) / len(devices)).backward()
        for own, other in zip(model.parameters(), replica.parameters()):
            grad = other.grad.to(own.device)
            own.grad = grad if own.grad is None else own.grad + grad


@mistake("MG336", "Leaves the gradients on their cards", hint="A gradient belongs on the device of its parameter. Send it home before you add.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    for device, part in zip(devices, range_parts(len(x), len(devices))):
        replica = copy.deepcopy(model).to(device)
        replica.zero_grad()
        rows = slice(part.start, part.stop)
        (loss_fn(replica(x[rows].to(device)), y[rows].to(device)) * (len(part) / len(x))).backward()
        for own, other in zip(model.parameters(), replica.parameters()):
            own.grad = other.grad if own.grad is None else own.grad + other.grad


@mistake("MG337", "Steps as well", hint="Only the gradients were asked for. The step is the optimizer's business.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    for device, part in zip(devices, range_parts(len(x), len(devices))):
        replica = copy.deepcopy(model).to(device)
        replica.zero_grad()
        rows = slice(part.start, part.stop)
        (loss_fn(replica(x[rows].to(device)), y[rows].to(device)) * (len(part) / len(x))).backward()
        for own, other in zip(model.parameters(), replica.parameters()):
            grad = other.grad.to(own.device)
            own.grad = grad if own.grad is None else own.grad + grad
    torch.optim.SGD(model.parameters(), lr=0.1).step()


@mistake("MG443", "Weights all parts alike", hint="The parts may differ in size. Each counts as much as it has samples.")
def parallel_grads(model, x, y, loss_fn, devices):
    for p in model.parameters():
        p.grad = None
    for d, a, b in zip(devices, x.tensor_split(len(devices)), y.tensor_split(len(devices))):
        replica = copy.deepcopy(model).to(d)
        loss_fn(replica(a.to(d)), b.to(d)).backward()
        for p, q in zip(model.parameters(), replica.parameters()):
            if q.grad is not None:
                g = q.grad.to(devices[0]) / len(devices)
                p.grad = g if p.grad is None else p.grad + g


@mistake("MG444", "Makes a step as well", hint="Only the gradients were asked for. The weights stay.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    n = len(devices)
    for d, a, b in zip(devices, x.tensor_split(n), y.tensor_split(n)):
        replica = copy.deepcopy(model).to(d)
        (loss_fn(replica(a.to(d)), b.to(d)) * (len(a) / len(x))).backward()
        for p, q in zip(model.parameters(), replica.parameters()):
            if q.grad is not None:
                g = q.grad.to(devices[0])
                p.grad = g if p.grad is None else p.grad + g
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= 0.01 * p.grad


@mistake("MG498", "Puts the replicas into evaluation mode", hint="A replica is in the mode of the model: dropout, for one, works in training mode only.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    for device, part in zip(devices, range_parts(len(x), len(devices))):
        rows = slice(part.start, part.stop)
        replica = copy.deepcopy(model).to(device).eval()
        loss = loss_fn(replica(x[rows].to(device)), y[rows].to(device)) * (len(part) / len(x))
        for own, grad in zip(model.parameters(), torch.autograd.grad(loss, list(replica.parameters()))):
            grad = grad.to(own.device)
            own.grad = grad if own.grad is None else own.grad + grad


@mistake("MG533", "Cuts the batch with `chunk`", hint="`chunk` makes other parts than `range_parts`: 7 samples for 3 devices become 3, 3 and 1. Sometimes it makes fewer parts than there are devices.")
def parallel_grads(model, x, y, loss_fn, devices):
    model.zero_grad()
    for device, part_x, part_y in zip(devices, x.chunk(len(devices)), y.chunk(len(devices))):
        replica = copy.deepcopy(model).to(device)
        replica.zero_grad()
        (loss_fn(replica(part_x.to(device)), part_y.to(device)) * (len(part_x) / len(x))).backward()
        for own, other in zip(model.parameters(), replica.parameters()):
            grad = other.grad.to(own.device)
            own.grad = grad if own.grad is None else own.grad + grad
