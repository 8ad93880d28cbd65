import torch

from grader import mistake


@mistake("MD38", "Has no slot for curly quotes", hint="“ has the number 8220, and there are 128 slots. Decide where strangers go before you index.")
def chars_one_hot(line):
    line = line.strip().lower()
    table = torch.zeros(len(line), 128)
    for i, c in enumerate(line):
        table[i, ord(c)] = 1
    return table


@mistake("MD154", "Leaves strangers out", hint="A character from 128 on is a row as well, with its 1 in slot 0.")
def chars_one_hot(line):
    return torch.eye(128)[[ord(c) for c in line.strip().lower() if ord(c) < 128]]


@mistake("MD155", "Keeps capital letters", hint="The line is made lower-case first.")
def chars_one_hot(line):
    return torch.eye(128)[[ord(c) if ord(c) < 128 else 0 for c in line.strip()]]


@mistake("MD156", "Keeps the white space at the ends", hint="The line is stripped first.")
def chars_one_hot(line):
    return torch.eye(128)[[ord(c) if ord(c) < 128 else 0 for c in line.lower()]]


@mistake("MD157", "Puts strangers into the last slot", hint="They go to slot 0.")
def chars_one_hot(line):
    return torch.eye(128)[[min(ord(c), 127) for c in line.strip().lower()]]


@mistake("MD158", "Returns integers", hint="Networks read floats; float32 was asked for.")
def chars_one_hot(line):
    return torch.eye(128, dtype=torch.int64)[[ord(c) if ord(c) < 128 else 0 for c in line.strip().lower()]]


@mistake("MD273", "Takes 128 for ASCII", hint="128 slots have the numbers 0 to 127: a character with the number 128 is a stranger already.")
def chars_one_hot(line):
    codes = [ord(c) if ord(c) <= 128 else 0 for c in line.strip().lower()]
    return torch.eye(129)[codes][:, :128]


@mistake("MD274", "Cannot make a table without rows", hint="A blank line has no characters. `stack` needs at least one row; make the table first, and fill it.")
def chars_one_hot(line):
    rows = []
    for c in line.strip().lower():
        row = torch.zeros(128)
        row[ord(c) if ord(c) < 128 else 0] = 1
        rows.append(row)
    return torch.stack(rows)


@mistake("MD333", "Takes 128 for a slot", hint="The slots are 0 to 127. The character with the number 128 is the first that has none.")
def chars_one_hot(line):
    text = line.strip().lower()
    table = torch.zeros(len(text), 128)
    for i, c in enumerate(text):
        table[i, 0 if ord(c) > 128 else ord(c)] = 1.0
    return table


@mistake("MD334", "Makes only the letters A to Z lower-case", hint="The whole line is made lower-case before anything else, by `lower`: the sign for kelvin becomes an ordinary k.")
def chars_one_hot(line):
    text = "".join(c.lower() if "A" <= c <= "Z" else c for c in line.strip())
    table = torch.zeros(len(text), 128)
    for i, c in enumerate(text):
        table[i, ord(c) if c.isascii() else 0] = 1.0
    return table


@mistake("MD434", "Counts the rows before it makes the line lower-case", hint="`lower` may change how many characters there are: \"İ\" becomes two. Count afterwards.")
def chars_one_hot(line):
    line = line.strip()
    out = torch.zeros(len(line), 128)
    for row, c in zip(out, line.lower()):
        row[ord(c) if ord(c) < 128 else 0] = 1
    return out


@mistake("MD435", "Strips only some white space", hint="`strip` without arguments takes all kinds of white space away, that of other scripts, too.")
def chars_one_hot(line):
    text = line.strip(" \t\r\n").lower()
    codes = [ord(c) if ord(c) < 128 else 0 for c in text]
    return torch.eye(128)[torch.tensor(codes, dtype=torch.int64)]


@mistake("MD436", "Puts strangers into the slot modulo 128", hint="All of them go to slot 0; by the remainder they are taken for other characters.")
def chars_one_hot(line):
    codes = torch.tensor([ord(c) % 128 for c in line.strip().lower()], dtype=torch.int64)
    return nn.functional.one_hot(codes, 128).float()


@mistake("MD437", "Makes a row for each byte", hint="“ is one character, and three bytes in UTF-8. `ord` gives the number of a character.")
def chars_one_hot(line):
    codes = [b if b < 128 else 0 for b in line.strip().lower().encode("utf-8")]
    return torch.eye(128)[torch.tensor(codes, dtype=torch.int64)]


@mistake("MD438", "Folds case instead of making it lower", hint="`casefold` makes two letters of ß. `lower` was asked for.")
def chars_one_hot(line):
    codes = [ord(c) if ord(c) < 128 else 0 for c in line.strip().casefold()]
    return torch.eye(128)[torch.tensor(codes, dtype=torch.int64)]


@mistake("MD439", "Takes the accents off", hint="é is a character of its own with the number 233: it goes to slot 0.")
def chars_one_hot(line):
    import unicodedata

    text = unicodedata.normalize("NFKD", line.strip().lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    codes = [ord(c) if ord(c) < 128 else 0 for c in text]
    return torch.eye(128)[torch.tensor(codes, dtype=torch.int64)]


@mistake("MD440", "Makes a row of a blank line", hint="Nothing is left of a blank line, so the table has no rows: (0, 128).")
def chars_one_hot(line):
    text = line.strip().lower() or " "
    codes = [ord(c) if ord(c) < 128 else 0 for c in text]
    return torch.eye(128)[torch.tensor(codes, dtype=torch.int64)]


@mistake("MD441", "Has no columns for a blank line", hint="A table without rows still has 128 columns: state its shape.")
def chars_one_hot(line):
    rows = [[float(ord(c) == k or (k == 0 and ord(c) >= 128)) for k in range(128)] for c in line.strip().lower()]
    return torch.tensor(rows)


@mistake("MD542", "Turns strangers into question marks", hint="`encode` with \"replace\" writes a ? for what it does not know, and that has a slot of its own, 63. Strangers go to slot 0.")
def chars_one_hot(line):
    codes = torch.tensor([*line.strip().lower().encode("ascii", "replace")], dtype=torch.int64)
    return nn.functional.one_hot(codes, 128).float()
