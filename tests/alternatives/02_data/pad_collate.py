import torch
from torch import nn

from grader import alternative


@alternative("pad_sequence")
def pad_collate(samples):
    sentences, labels = zip(*samples)
    lengths = torch.tensor([s.numel() for s in sentences])
    return nn.utils.rnn.pad_sequence(sentences, batch_first=True, padding_value=0), lengths, torch.tensor(labels)


@alternative("F.pad each")
def pad_collate(samples):
    lengths = torch.as_tensor([ids.shape[0] for ids, _ in samples])
    longest = lengths.max().item()
    rows = [nn.functional.pad(ids, (0, longest - ids.shape[0])) for ids, _ in samples]
    return [torch.stack(rows), lengths, torch.LongTensor([label for _, label in samples])]
