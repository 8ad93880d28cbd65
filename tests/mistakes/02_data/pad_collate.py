import torch
from torch import nn

from grader import mistake


@mistake("MD229", "Pads in front", hint="Each row begins with the sentence; the zeros follow.")
def pad_collate(samples):
    lengths = [len(ids) for ids, _ in samples]
    padded = torch.zeros(len(samples), max(lengths), dtype=torch.int64)
    for row, (ids, _) in zip(padded, samples):
        row[max(lengths) - len(ids) :] = ids
    return padded, torch.tensor(lengths), torch.tensor([label for _, label in samples])


@mistake("MD230", "Cuts all sentences to the shortest", hint="Nothing may be lost: fill up to the longest.")
def pad_collate(samples):
    lengths = [len(ids) for ids, _ in samples]
    cut = torch.stack([ids[: min(lengths)] for ids, _ in samples])
    return cut, torch.tensor(lengths), torch.tensor([label for _, label in samples])


@mistake("MD231", "Gives the padded length for the true ones", hint="The lengths are there to tell text from filling: those before the padding.")
def pad_collate(samples):
    padded = nn.utils.rnn.pad_sequence([ids for ids, _ in samples], batch_first=True)
    lengths = torch.tensor([len(row) for row in padded])
    return padded, lengths, torch.tensor([label for _, label in samples])


@mistake("MD232", "Sorts the sentences by length", hint="The batch was to be in the order of the samples.")
def pad_collate(samples):
    samples = sorted(samples, key=lambda sample: -len(sample[0]))
    padded = nn.utils.rnn.pad_sequence([ids for ids, _ in samples], batch_first=True)
    lengths = torch.tensor([len(ids) for ids, _ in samples])
    return padded, lengths, torch.tensor([label for _, label in samples])


@mistake("MD233", "Puts the sentences into columns", hint="`pad_sequence` has the time first unless it is told otherwise. One row per sentence was asked for.")
def pad_collate(samples):
    padded = nn.utils.rnn.pad_sequence([ids for ids, _ in samples])
    lengths = torch.tensor([len(ids) for ids, _ in samples])
    return padded, lengths, torch.tensor([label for _, label in samples])


@mistake("MD234", "Leaves the labels as a list", hint="Labels of a batch are an int64 tensor.")
def pad_collate(samples):
    padded = nn.utils.rnn.pad_sequence([ids for ids, _ in samples], batch_first=True)
    return padded, torch.tensor([len(ids) for ids, _ in samples]), [label for _, label in samples]


@mistake("MD235", "Fills up with floats", hint="Ids are int64, and so are padded ones; `torch.zeros`, for one, makes float32 unless you name a dtype.")
def pad_collate(samples):
    lengths = [len(ids) for ids, _ in samples]
    padded = torch.zeros(len(samples), max(lengths))
    for row, (ids, _) in zip(padded, samples):
        row[: len(ids)] = ids
    return padded, torch.tensor(lengths), torch.tensor([label for _, label in samples])


@mistake("MD303", "Counts what is not zero", hint="0 is an unknown word as well, and belongs to the sentence. The length is that of the ids, before they are filled up.")
def pad_collate(samples):
    padded = torch.nn.utils.rnn.pad_sequence([ids for ids, _ in samples], batch_first=True)
    return padded, (padded != 0).sum(dim=1), torch.tensor([label for _, label in samples])


@mistake("MD498", "Is as wide as the longest sentence so far", hint="Each batch is as wide as its own longest sentence. Keep nothing between two calls.")
def pad_collate(samples, _widest=[0]):
    _widest[0] = max(_widest[0], *(len(ids) for ids, _ in samples))
    padded = torch.zeros(len(samples), _widest[0], dtype=torch.int64)
    for row, (ids, _) in zip(padded, samples):
        row[: len(ids)] = ids
    return padded, torch.tensor([len(ids) for ids, _ in samples]), torch.tensor([label for _, label in samples])


@mistake("MD499", "Makes the width a multiple of 8", hint="As wide as the longest sentence of the batch, and no wider.")
def pad_collate(samples):
    longest = -(-max(len(ids) for ids, _ in samples) // 8) * 8
    padded = torch.stack([nn.functional.pad(ids, (0, longest - len(ids))) for ids, _ in samples])
    return padded, torch.tensor([len(ids) for ids, _ in samples]), torch.tensor([label for _, label in samples])


@mistake("MD500", "Leaves room for a zero behind each sentence", hint="As wide as the longest sentence of the batch, and no wider.")
def pad_collate(samples):
    longest = max(len(ids) for ids, _ in samples) + (len(samples) > 1)
    padded = torch.stack([nn.functional.pad(ids, (0, longest - len(ids))) for ids, _ in samples])
    return padded, torch.tensor([len(ids) for ids, _ in samples]), torch.tensor([label for _, label in samples])
