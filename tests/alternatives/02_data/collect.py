from itertools import islice

from grader import alternative


@alternative("a generator, sliced")
def collect(loader, n, names):
    samples = ((image, names[label.item()]) for images, labels in loader for image, label in zip(images, labels))
    return list(islice(samples, n))


@alternative("an iterator by hand")
def collect(loader, n, names):
    found, batches = [], iter(loader)
    while len(found) < n:
        try:
            images, labels = next(batches)
        except StopIteration:
            break
        found.extend(zip(images, [names[label] for label in labels.tolist()]))
    return found[:n]
