import torch

from grader import mistake


@mistake("MG243", "Draws the order on the CPU", hint="An index that lies on the CPU has to travel. `torch.randperm` takes a `device=`.")
def shuffled_batches(x, y, size):
    for part in torch.randperm(len(x)).split(size):
        yield x[part], y[part]


@mistake("MG244", "Shuffles x and y separately", hint="x[i] belongs to y[i]: draw one order for both.")
def shuffled_batches(x, y, size):
    one, other = torch.randperm(len(x), device=x.device), torch.randperm(len(x), device=x.device)
    for a, b in zip(one.split(size), other.split(size)):
        yield x[a], y[b]


@mistake("MG245", "Does not shuffle", hint="A new random order was asked for.")
def shuffled_batches(x, y, size):
    yield from zip(x.split(size), y.split(size))


@mistake("MG246", "Draws with repetition", hint="`randint` may draw a sample twice and another not at all. `randperm` is an order of all.")
def shuffled_batches(x, y, size):
    for part in torch.randint(len(x), (len(x),), device=x.device).split(size):
        yield x[part], y[part]


@mistake("MG247", "Shuffles all of the data at once", hint="A shuffled copy of everything doubles the memory. Index each batch by itself.")
def shuffled_batches(x, y, size):
    order = torch.randperm(len(x), device=x.device)
    yield from zip(x[order].split(size), y[order].split(size))


@mistake("MG248", "Takes the same order every time", hint="Whoever seeds before each epoch draws the same order again.")
def shuffled_batches(x, y, size):
    generator = torch.Generator(x.device).manual_seed(0)
    for part in torch.randperm(len(x), device=x.device, generator=generator).split(size):
        yield x[part], y[part]


@mistake("MG249", "Drops the smaller last batch", hint="Every sample comes exactly once.")
def shuffled_batches(x, y, size):
    order = torch.randperm(len(x), device=x.device)
    for i in range(len(x) // size):
        part = order[i * size : (i + 1) * size]
        yield x[part], y[part]


@mistake("MG250", "Walks over the order element by element", hint="Each element of a tensor on the card that becomes a Python number is a wait.")
def shuffled_batches(x, y, size):
    order = torch.randperm(len(x), device=x.device).tolist()
    for i in range(0, len(x), size):
        yield torch.stack([x[j] for j in order[i : i + size]]), torch.stack([y[j] for j in order[i : i + size]])


@mistake("MG447", "Keeps the order on the CPU", hint="An index tensor on the CPU has to travel. The order can be drawn on the device of x.")
def shuffled_batches(x, y, size):
    order = torch.randperm(len(x))
    for i in range(0, len(x), size):
        idx = order[i : i + size].to(x.device)
        yield x[idx], y[idx]
