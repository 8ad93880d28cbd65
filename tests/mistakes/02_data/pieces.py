from collections import Counter

import torch

from grader import mistake


@mistake("MQ201", "Takes the rarest words", hint="What stands once in this text will hardly stand in another one. Which end of the list did you take?")
def pieces(text):
    return [word for word, _ in Counter(text.split()).most_common()[-100:]]


@mistake("MQ202", "Takes long runs that hardly ever come back", hint="A long piece saves much, but only where it occurs. How often is each of yours found in another text?")
def pieces(text):
    runs = Counter(text[i : i + 12] for i in range(len(text) - 11))
    return [run for run, _ in runs.most_common(100)]


@mistake("MQ203", "Takes the words that come first in the alphabet", hint="`sorted` puts words in the order of the alphabet. What should decide which of them are taken?")
def pieces(text):
    return sorted(set(text.split()))[:100]


@mistake("MQ204", "Chooses single characters", hint="A single character is taken anyway where no piece stands. How long must a piece be to save something?")
def pieces(text):
    return [character for character, _ in Counter(text).most_common(100)]


@mistake("MQ205", "Returns more than a hundred pieces", hint="Every word of the text is too many: which hundred of them are worth it?")
def pieces(text):
    return sorted(set(text.split()))


@mistake("MQ206", "Shuffles with random numbers that all share", hint="A draw from the common generator changes what everybody else draws after it. Does choosing need chance at all?")
def pieces(text):
    pairs = sorted({text[i : i + 2] for i in range(len(text) - 1)}, key=text.count)
    order = torch.randperm(min(len(pairs), 100)).tolist()
    return [pairs[-1 - place] for place in order]


@mistake("MQ207", "Chooses whole words alone", hint=("Words are a start. But what is cut between them, and in words that are not on the list?", "A piece may hold a blank, or a part of a word that occurs in many words."))
def pieces(text):
    return [word for word, _ in Counter(text.split()).most_common(100)]
