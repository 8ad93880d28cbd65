import torch

from grader import mistake


@mistake("MT43", "Combines comparisons without brackets", hint="`&` binds tighter than `>`. Put each comparison in brackets.")
def count_between(t, low, high):
    return int((t > low & t < high).sum())


@mistake("MT44", "Combines tensors with `and`", hint="`and` wants one truth value; for elements there is `&`.")
def count_between(t, low, high):
    return int(((t > low) and (t < high)).sum())


@mistake("MT46c", "Leaves the count as a tensor", hint="A Python int was asked for: take the number out of the tensor.")
def count_between(t, low, high):
    return ((t > low) & (t < high)).sum()


@mistake("MT88", "Counts the limits as well", hint="Greater than and less than: an element that is equal to a limit is not between.")
def count_between(t, low, high):
    return int(((t >= low) & (t <= high)).sum())


@mistake("MT89", "Counts what is outside", hint="`|` is true when one of the two is; both have to be.")
def count_between(t, low, high):
    return int(((t < low) | (t > high)).sum())


@mistake("MT210", "Adds up in the small type of the numbers", hint="In `uint8` a sum starts again at 0 after 255. Sum the bools themselves: they are counted in int64.")
def count_between(t, low, high):
    return int(((t > low) & (t < high)).to(t.dtype).sum(dtype=t.dtype))


@mistake("MT313", "Squeezes the hits before it counts them", hint="With a single hit `squeeze()` leaves no axis to count. Sum the mask.")
def count_between(t, low, high):
    hits = torch.nonzero((t.flatten() > low) & (t.flatten() < high)).squeeze()
    return len(hits)


@mistake("MT425", 'Exchanges the limits when low is above high', hint='No number is above the larger one and below the smaller one: the count is 0 then.')
def count_between(t, low, high):
    low, high = min(low, high), max(low, high)
    return torch.count_nonzero((t > low) & (t < high)).item()


@mistake("MT426", 'Compares in float32', hint='float32 has about seven digits. In a wider type, numbers that differ in later ones are told apart: compare in the dtype of `t`.')
def count_between(t, low, high):
    return int(((t.float() > low) & (t.float() < high)).sum())


@mistake("MT472", 'Converts the limits to the dtype of the elements', hint='-0.5 becomes 0 as a whole number, and another count comes out. Compare with the numbers as they are.')
def count_between(t, low, high):
    low, high = torch.tensor(low).to(t.dtype), torch.tensor(high).to(t.dtype)
    return int(((t > low) & (t < high)).sum())


@mistake("MT473", 'Counts equal elements once', hint='Elements were to be counted, and not the different numbers among them.')
def count_between(t, low, high):
    return len({x for x in t.flatten().tolist() if low < x < high})


@mistake("MT474", 'Counts rows that lie between the limits as a whole', hint='Every element counts by itself, in whatever row it stands.')
def count_between(t, low, high):
    inside = torch.atleast_1d((t > low) & (t < high))
    return int(inside.flatten(1).all(1).sum()) if inside.ndim > 1 else int(inside.sum())


@mistake("MT568", "Compares in float64", hint="Above 2**53 float64 does not tell whole numbers apart. Compare in the dtype of the tensor.")
def count_between(t, low, high):
    wide = t.double()
    return int(((wide > low) & (wide < high)).sum())
