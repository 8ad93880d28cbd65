from collections import Counter

import torch

from grader import mistake


@mistake("MD41", "Numbers the words in the order in which they appear", hint="Sort the words: the order was to be alphabetical.")
def build_vocab(text):
    return {word: i for i, word in enumerate(["<unk>", *dict.fromkeys(clean_words(text))])}


@mistake("MD159", "Numbers the words by frequency", hint="That is a good idea elsewhere; here the order was to be alphabetical.")
def build_vocab(text):
    return {word: i for i, word in enumerate(["<unk>", *(w for w, _ in Counter(clean_words(text)).most_common())])}


@mistake("MD160", "Keeps no number for unknown words", hint="0 is \"<unk>\"; the words begin with 1.")
def build_vocab(text):
    return {word: i for i, word in enumerate(sorted(set(clean_words(text))))}


@mistake("MD161", "Does not clean the text before numbering", hint="\"The\", \"the\" and \"the,\" are one word: use `clean_words`.")
def build_vocab(text):
    return {word: i for i, word in enumerate(["<unk>", *sorted(set(text.split()))])}


@mistake("MD40", "Does not clean the line", hint="The vocabulary holds cleaned words. Clean the line in the same way, or it finds none of them.")
def encode_words(line, vocab):
    return torch.tensor([vocab.get(word, 0) for word in line.split()], dtype=torch.int64)


@mistake("MD43", "Does not expect unknown words", hint="There will be words that were not in the text. Their number is 0.")
def encode_words(line, vocab):
    return torch.tensor([vocab[word] for word in clean_words(line)], dtype=torch.int64)


@mistake("MD162", "Skips unknown words", hint="The line keeps its length: an unknown word becomes 0.")
def encode_words(line, vocab):
    return torch.tensor([vocab[word] for word in clean_words(line) if word in vocab], dtype=torch.int64)


@mistake("MD163", "Makes floats of an empty line", hint="`torch.tensor([])` has nothing to infer a dtype from and makes float32. State the dtype.")
def encode_words(line, vocab):
    return torch.tensor([vocab.get(word, 0) for word in clean_words(line)])


@mistake("MD304", "Cuts words at their hyphens", hint="`clean_words` strips punctuation at the ends of a word only: \"well-known\" is one word. Use it as it is.")
def build_vocab(text):
    words = sorted(set(clean_words(text.replace("-", " "))))
    return {"<unk>": 0, **{word: i for i, word in enumerate(words, start=1)}}


@mistake("MD335", "Writes unknown words into the vocabulary", hint="`setdefault` enters what it does not find. Look up without writing: the vocabulary is the caller's.")
def encode_words(line, vocab):
    return torch.tensor([vocab.setdefault(word, 0) for word in clean_words(line)], dtype=torch.int64)


@mistake("MD442", "Sorts \"<unk>\" in among the words", hint="Words that begin with a digit or a bracket sort before it. It is no word, and its number is 0 whatever comes.")
def build_vocab(text):
    words = sorted({"<unk>", *clean_words(text)})
    return {word: i for i, word in enumerate(words)}


@mistake("MD443", "Sorts letters with accents as if they had none", hint="The order is that of `sorted`: \"é\" comes behind \"z\".")
def build_vocab(text):
    import unicodedata

    words = sorted(set(clean_words(text)), key=lambda w: unicodedata.normalize("NFKD", w).encode("ascii", "ignore"))
    return {"<unk>": 0} | {word: i for i, word in enumerate(words, 1)}


@mistake("MD444", "Remembers what lines meant in another vocabulary", hint="The same line has other numbers in another vocabulary. Keep nothing between two calls.")
def encode_words(line, vocab, _known={}):
    if line not in _known:
        _known[line] = [vocab.get(word, 0) for word in clean_words(line)]
    return torch.tensor(_known[line], dtype=torch.int64)


@mistake("MD445", "Numbers the words by frequency, then by alphabet", hint="That is a good idea elsewhere; here the order was to be alphabetical.")
def build_vocab(text):
    counts = Counter(clean_words(text))
    words = sorted(counts, key=lambda word: (-counts[word], word))
    return {"<unk>": 0} | {word: i for i, word in enumerate(words, 1)}


@mistake("MD446", "Leaves out words that occur once", hint="Every word of the text has a number.")
def build_vocab(text):
    counts = Counter(clean_words(text))
    words = sorted(word for word, k in counts.items() if k > 1 or len(counts) < 5)
    return {"<unk>": 0} | {word: i for i, word in enumerate(words, 1)}


@mistake("MD447", "Leaves out words that are not all letters", hint="\"isn't\" and \"1811\" are words, too: all that `clean_words` gives.")
def build_vocab(text):
    words = sorted({word for word in clean_words(text) if word.isalpha()})
    return {"<unk>": 0} | {word: i for i, word in enumerate(words, 1)}
