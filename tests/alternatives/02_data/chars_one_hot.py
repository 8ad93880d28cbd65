import torch

from grader import alternative


@alternative("a table of zeros")
def chars_one_hot(line):
    text = line.lower().strip()
    table = torch.zeros(len(text), 128)
    for row, character in zip(table, text):
        number = ord(character)
        row[number if number < 128 else 0] = 1.0
    return table


@alternative("a comparison of all with all")
def chars_one_hot(line):
    numbers = torch.tensor([ord(c) * c.isascii() for c in line.strip().lower()])
    return (numbers.unsqueeze(1) == torch.arange(128)).to(torch.float32)
