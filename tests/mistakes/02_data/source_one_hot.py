import re

import torch

from grader import mistake


@mistake("MD164", "Makes the source lower-case", hint="In program code `Width` and `width` are two names.")
def source_one_hot(source):
    found = [word for word in re.split(r"\W+", source.lower()) if word]
    words = sorted(set(found))
    return words, torch.eye(len(words))[[words.index(word) for word in found]]


@mistake("MD165", "Splits at white space", hint="`price*count` is two words: split at everything that is no word character.")
def source_one_hot(source):
    found = source.split()
    words = sorted(set(found))
    return words, torch.eye(len(words))[[words.index(word) for word in found]]


@mistake("MD166", "Counts empty strings as words", hint="`re.split` returns an empty string where the source begins or ends with other characters. Leave them out.")
def source_one_hot(source):
    found = re.split(r"\W+", source)
    words = sorted(set(found))
    return words, torch.eye(len(words))[[words.index(word) for word in found]]


@mistake("MD167", "Leaves the words in the order in which they appear", hint="The words were to be sorted.")
def source_one_hot(source):
    found = re.findall(r"\w+", source)
    words = list(dict.fromkeys(found))
    return words, torch.eye(len(words))[[words.index(word) for word in found]]


@mistake("MD168", "Makes one row for each different word", hint="A row for each occurrence, in the order of the source: otherwise nothing is encoded.")
def source_one_hot(source):
    words = sorted(set(re.findall(r"\w+", source)))
    return words, torch.eye(len(words))


@mistake("MD169", "Takes letters only", hint="Digits and underscores belong to words, too: `x_1` is one.")
def source_one_hot(source):
    found = re.findall(r"[A-Za-z]+", source)
    words = sorted(set(found))
    return words, torch.eye(len(words))[[words.index(word) for word in found]]


@mistake("MD336", "Leaves numbers out", hint="A word is any run of letters, digits and underscores; `2` is one.")
def source_one_hot(source):
    found = re.findall(r"[^\W\d]\w*", source)
    words = sorted(set(found))
    table = torch.zeros(len(found), len(words))
    table[range(len(found)), [words.index(word) for word in found]] = 1.0
    return words, table


@mistake("MD448", "Sorts capitals in among the small letters", hint="`sorted` without a key puts capital letters first, and that order was asked for.")
def source_one_hot(source):
    found = re.findall(r"\w+", source)
    words = sorted(set(found), key=str.lower)
    return words, torch.eye(len(words))[[words.index(word) for word in found]]


@mistake("MD449", "Leaves out the words of the language", hint="`def` and `return` are words like all others here.")
def source_one_hot(source):
    import keyword

    found = re.findall(r"\w+", source)
    found = [word for word in found if not keyword.iskeyword(word)] or found
    words = sorted(set(found))
    return words, torch.eye(len(words))[[words.index(word) for word in found]]


@mistake("MD450", "Cuts words at underscores", hint="`x_1` is one word: underscores belong to it.")
def source_one_hot(source):
    found = re.findall(r"[^\W_]+", source) or re.findall(r"\w+", source)
    words = sorted(set(found))
    return words, torch.eye(len(words))[[words.index(word) for word in found]]


@mistake("MD527", "Takes English letters and digits only", hint="`\\w` stands for letters and digits of all scripts: `mm²` is one word.")
def source_one_hot(source):
    found = re.findall(r"[A-Za-z0-9_]+", source)
    words = sorted(set(found))
    return words, torch.eye(len(words))[[words.index(word) for word in found]]
