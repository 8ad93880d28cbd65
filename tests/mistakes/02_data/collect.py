from grader import mistake


@mistake("MD55", "Begins with the first batch again and again", hint="`iter(loader)` starts from the beginning. Make the iterator once, before the loop, or use `for`.")
def collect(loader, n, names):
    found = []
    while len(found) < n:
        pictures, labels = next(iter(loader))
        for picture, label in zip(pictures, labels):
            if len(found) < n:
                found.append((picture, names[int(label)]))
    return found


@mistake("MD223", "Takes one sample of each batch", hint="A batch may hold many samples. Go through all of them.")
def collect(loader, n, names):
    found = []
    for pictures, labels in loader:
        found.append((pictures[0], names[int(labels[0])]))
        if len(found) == n:
            break
    return found


@mistake("MD224", "Stops only at the end of a batch", hint="n samples, no more: the last batch may be needed in part.")
def collect(loader, n, names):
    found = []
    for pictures, labels in loader:
        found += [(picture, names[int(label)]) for picture, label in zip(pictures, labels)]
        if len(found) >= n:
            break
    return found


@mistake("MD225", "Returns numbers instead of names", hint="Look the label up in `names`.")
def collect(loader, n, names):
    found = []
    for pictures, labels in loader:
        for picture, label in zip(pictures, labels):
            found.append((picture, int(label)))
            if len(found) == n:
                return found
    return found


@mistake("MD226", "Goes through the whole loader first", hint="The loader may be endless, or merely slow. Stop when you have n.")
def collect(loader, n, names):
    found = []
    for pictures, labels in loader:
        found += [(picture, names[int(label)]) for picture, label in zip(pictures, labels)]
    return found[:n]


@mistake("MD227", "Keeps the batch axis of each picture", hint="A slice keeps its axis; one picture is wanted, not a batch of one.")
def collect(loader, n, names):
    found = []
    for pictures, labels in loader:
        for i in range(len(labels)):
            found.append((pictures[i : i + 1], names[int(labels[i])]))
            if len(found) == n:
                return found
    return found


@mistake("MD228", "Looks a tensor up in a dict", hint="A tensor of rank 0 is no int, and a dict does not find it. Convert the label.")
def collect(loader, n, names):
    found = []
    for pictures, labels in loader:
        for picture, label in zip(pictures, labels):
            found.append((picture, names[label]))
            if len(found) == n:
                return found
    return found


@mistake("MD351", "Squeezes the picture", hint="`squeeze` takes every axis of size 1 away, the channel of a grey picture among them. Index the batch instead.")
def collect(loader, n, names):
    out = []
    for pictures, labels in loader:
        for i in range(len(labels)):
            out.append((pictures[i : i + 1].squeeze(), names[labels[i].item()]))
            if len(out) == n:
                return out
    return out


@mistake("MD352", "Raises StopIteration when the loader ends", hint="`next` raises it when nothing is left. Then the shorter list was to be returned.")
def collect(loader, n, names):
    it = iter(loader)
    out = []
    while len(out) < n:
        pictures, labels = next(it)
        out += [(p, names[k]) for p, k in zip(pictures, labels.tolist())]
    return out[:n]


@mistake("MD494", "Counts on batches as large as the first", hint="Batches may vary. Go on until you have n samples.")
def collect(loader, n, names):
    out, batches = [], None
    for number, (pictures, labels) in enumerate(loader, 1):
        batches = batches or -(-n // len(labels))
        out += [(picture, names[label]) for picture, label in zip(pictures, labels.tolist())]
        if number == batches:
            break
    return out[:n]


@mistake("MD495", "Looks at the first batch and then begins anew", hint="A generator does not begin again: the first batch is lost. Go through the loader once.")
def collect(loader, n, names):
    size = len(next(iter(loader))[1])
    out = []
    for pictures, labels in loader:
        for i in range(len(labels)):
            out.append((pictures[i], names[int(labels[i])]))
            if len(out) == n:
                return out
    return out


@mistake("MD496", "Takes names by their place in the dict", hint="Labels are the keys of `names`, in whatever order they stand.")
def collect(loader, n, names):
    listed = list(names.values())
    out = []
    for pictures, labels in loader:
        for picture, label in zip(pictures, labels.tolist()):
            out.append((picture, listed[label % len(listed)]))
            if len(out) == n:
                return out
    return out


@mistake("MD497", "Begins again where the loader ends", hint="A loader that ends gives a shorter list.")
def collect(loader, n, names):
    out = []
    while True:
        before = len(out)
        for pictures, labels in loader:
            for picture, label in zip(pictures, labels.tolist()):
                out.append((picture, names[label]))
                if len(out) == n:
                    return out
        if len(out) == before or len(out) > 10000:
            return out
