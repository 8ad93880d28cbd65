import torch

from grader import mistake


@mistake("MD31", "Cuts the table into days and channels in one step", hint="The shape is right, but the channels are mixed. Cut the time first, then exchange two axes.")
def to_days(table, hours=24):
    if len(table) % hours:
        raise ValueError
    return table.view(-1, table.shape[1], hours)


@mistake("MD31a", "Leaves the channels at the end", hint="Days, channels, hours: two axes still have to change places.")
def to_days(table, hours=24):
    if len(table) % hours:
        raise ValueError
    return table.view(-1, hours, table.shape[1])


@mistake("MD32", "Drops the rows of a broken day", hint="Rows that do not make whole days were to raise ValueError.")
def to_days(table, hours=24):
    days = len(table) // hours
    return table[: days * hours].view(days, hours, table.shape[1]).transpose(1, 2)


@mistake("MD32a", "Leaves it to `view` to refuse", hint="`view` raises a RuntimeError. A ValueError was asked for; check the number of rows yourself.")
def to_days(table, hours=24):
    return table.view(len(table) // hours, hours, table.shape[1]).transpose(1, 2)


@mistake("MD142", "Always makes days of 24 hours", hint="How many rows make a day is an argument.")
def to_days(table, hours=24):
    if len(table) % hours:
        raise ValueError
    return table.view(-1, 24, table.shape[1]).transpose(1, 2)


@mistake("MD143", "Copies the numbers", hint="`view` and `transpose` copy nothing, and nothing else is needed.")
def to_days(table, hours=24):
    if len(table) % hours:
        raise ValueError
    return table.view(-1, hours, table.shape[1]).transpose(1, 2).contiguous()


@mistake("MD144", "Exchanges the days with the hours", hint="Axis 0 should count days. Which two axes have to change places?")
def to_days(table, hours=24):
    if len(table) % hours:
        raise ValueError
    return table.view(-1, hours, table.shape[1]).transpose(0, 1).transpose(1, 2)


@mistake("MD329", "Counts the numbers instead of the rows", hint="It is the rows that must make whole days. 12 rows of two columns have 24 numbers and are half a day.")
def to_days(table, hours=24):
    if table.numel() % hours != 0:
        raise ValueError("no whole days")
    return table.view(-1, hours, table.shape[1]).transpose(1, 2)


@mistake("MD426", "Always looks for 24 rows to a day", hint="How many rows make a day is an argument: ask whether they are a multiple of `hours`.")
def to_days(table, hours=24):
    if len(table) % 24:
        raise ValueError("no whole days")
    return table.view(-1, hours, table.shape[1]).transpose(1, 2)


@mistake("MD427", "Deals the rows out to the days in turn", hint="The first `hours` rows are the first day. In `view` the days come first, then the hours.")
def to_days(table, hours=24):
    if len(table) % hours:
        raise ValueError("no whole days")
    return table.view(hours, -1, table.shape[1]).permute(1, 2, 0)
