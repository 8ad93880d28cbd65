import torch

from grader import probe


def ids(rng, length):
    """Some words, an unknown one at the end."""
    numbers = torch.randint(0, 90, (length,), generator=rng)
    numbers[-1] = 0
    return numbers


def sentences(rng, *lengths):
    labels = torch.randint(0, 5, (len(lengths),), generator=rng).tolist()
    return [(ids(rng, n), label) for n, label in zip(lengths, labels, strict=True)]


def test_padding(student, reference, agree, rng):
    """Each row is a sentence followed by zeros, as long as the longest of the batch; lengths and labels go along."""
    cases = {
        "three sentences": (sentences(rng, 3, 6, 1),),
        "the longest first": (sentences(rng, 5, 2, 4),),
        "equal lengths": (sentences(rng, 4, 4),),
        "a single sentence": (sentences(rng, 3),),
    }
    agree(
        student.pad_collate,
        reference.pad_collate,
        cases,
        parts="padded sentences, lengths, labels",
        layouts=["sliced", "expanded"],
    )


@probe
def loaded(f, samples, batch_size):
    from torch.utils.data import DataLoader

    return [list(batch) for batch in DataLoader(samples, batch_size=batch_size, collate_fn=f)]


def test_in_a_loader(student, reference, same, run, rng):
    """As a loader's collate_fn it pads each batch to the longest sentence of that batch."""
    samples = sentences(rng, 2, 5, 1, 3, 4)
    due = [reference.pad_collate(samples[start : start + 2]) for start in (0, 2, 4)]
    same(
        run(loaded, student.pad_collate, samples, 2),
        due,
        "The batches of two from a loader",
        parts="batch: padded sentences, lengths, labels",
    )
