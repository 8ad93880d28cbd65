import torch

from grader import alternative


@alternative("a loop")
def build_vocab(text):
    vocab = {"<unk>": 0}
    for word in sorted({*clean_words(text)}):
        vocab[word] = len(vocab)
    return vocab


@alternative("zip")
def build_vocab(text):
    words = sorted(dict.fromkeys(clean_words(text)))
    return dict(zip(words, range(1, len(words) + 1))) | {"<unk>": 0}


@alternative("a tensor of zeros")
def encode_words(line, vocab):
    words = clean_words(line)
    ids = torch.zeros(len(words), dtype=torch.long)
    for i, word in enumerate(words):
        if word in vocab:
            ids[i] = vocab[word]
    return ids
