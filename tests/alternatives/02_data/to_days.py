from grader import alternative


@alternative("unflatten and permute")
def to_days(table, hours=24):
    if table.shape[0] % hours != 0:
        raise ValueError("ragged")
    return table.unflatten(0, (-1, hours)).permute(0, 2, 1)


@alternative("strides")
def to_days(table, hours=24):
    n, c = table.shape
    if n != n // hours * hours:
        raise ValueError(n)
    return table.as_strided((n // hours, c, hours), (hours * c, 1, c))


@alternative("unfold")
def to_days(table, hours=24):
    if len(table) % hours > 0:
        raise ValueError
    return table.unfold(0, hours, hours)
