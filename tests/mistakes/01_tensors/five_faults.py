import itertools

import torch
import torch.nn.functional as F

from grader import mistake


@mistake("MT401", "Adds the pictures in uint8", hint="Bytes wrap at 256: the sum of two bright pixels is dark before it is halved. Compute in a wider type.")
def mix(a, b):
    return (a + b) // 2


@mistake("MT402", "Halves each picture before it adds", hint="Each half is rounded down by itself: of 3 and 5, 1 and 2 are left. Add first, with room.")
def mix(a, b):
    return a // 2 + b // 2


@mistake("MT403", "Gives floats where bytes are due", hint="The mean was computed with room, and has to go back to `uint8` afterwards.")
def mix(a, b):
    return (a.float() + b.float()) / 2


@mistake("MT404", "Compares every score with every target", hint="(N, 1) and (N,) broadcast to (N, N). Bring both to one shape first.")
def squared_error(scores, targets):
    return ((scores - targets) ** 2).mean()


@mistake("MT405", "Adds the squares up", hint="The mean does not grow with the number of scores; a sum does.")
def squared_error(scores, targets):
    return ((scores.squeeze(1) - targets) ** 2).sum()


@mistake("MT406", "Collects one tensor over and over", hint="`+=` changes the tensor that is in the list already. `total = total + row` makes a new one.")
def running_sums(rows):
    total, sums = torch.zeros(rows.shape[1], dtype=rows.dtype), []
    for row in rows:
        total += row
        sums.append(total)
    return sums


@mistake("MT407", "Adds into the caller's rows", hint="`rows[0]` is a window onto the rows: what is added to it is added to them. Start from a tensor of your own.")
def running_sums(rows):
    total, sums = rows[0], []
    for number, row in enumerate(rows):
        if number:
            total += row
        sums.append(total.clone())
    return sums


@mistake("MT408", "Starts from float32 zeros", hint="`torch.zeros(n)` is float32; take the dtype of the rows.")
def running_sums(rows):
    total, sums = torch.zeros(rows.shape[1]), []
    for row in rows:
        total = (total + row).float()
        sums.append(total)
    return sums


@mistake("MT409", "Views what does not lie in reading order", hint="After `permute` the numbers no longer lie in reading order, and `view` refuses. `reshape` copies them where it must.")
def channels_as_rows(image):
    return image.permute(2, 0, 1).view(image.shape[2], -1)


@mistake("MT410", "Reshapes without moving the axis", hint="This raises nothing, and deals the channels out over the rows. The channel axis has to move first.")
def channels_as_rows(image):
    return image.reshape(image.shape[2], -1)


@mistake("MT411", "Lets the columns go first", hint="Within a channel the numbers come from left to right, then from top to bottom: the height goes before the width.")
def channels_as_rows(image):
    return image.permute(2, 1, 0).reshape(image.shape[2], -1)


@mistake("MT412", "Divides by a pair of values and places", hint="`max(dim=1)` gives two tensors, the largest numbers and where they are. Take the first, and keep its axis.")
def share_of_largest(table):
    return table / table.max(dim=1)


@mistake("MT413", "Lines the largest of the rows up with the columns", hint="The maxima have shape (R,), and shapes are compared from the last axis. `keepdim=True` keeps them at their rows.")
def share_of_largest(table):
    return table / table.max(dim=1).values


@mistake("MT414", "Divides by the largest of the whole table", hint="Each row has a largest number of its own.")
def share_of_largest(table):
    return table / table.max()


@mistake("MT429", 'Begins with a window onto the first row', hint="The first sum is the first row itself, which is the caller's. Each sum was to have memory of its own: clone it.")
def running_sums(rows):
    return list(itertools.accumulate(rows))


@mistake("MT475", 'Rounds the mean of two pixels up', hint='The mean of 2 and 3 was to be rounded down, to 2.')
def mix(a, b):
    return (a | b) - ((a ^ b) // 2)


@mistake("MT476", 'Rounds the mean of two pixels to the nearest', hint='The mean of 1 and 2 was to be rounded down, to 1; `round` gives 2.')
def mix(a, b):
    return ((a.float() + b.float()) / 2).round().byte()


@mistake("MT477", 'Subtracts the pictures in uint8', hint='Where the second picture is darker, the difference wraps around. Compute in a wider type.')
def mix(a, b):
    return a + (b - a) // 2


@mistake("MT478", 'Divides the squares by N − 1', hint='A mean divides by how many there are. N − 1 belongs to the standard deviation.')
def squared_error(scores, targets):
    d = scores.reshape(-1).sub(targets)
    return d.dot(d) / max(len(d) - 1, 1)


@mistake("MT479", 'Lines the largest numbers up with the columns of a square table', hint='A vector lines up with the last axis, also where its length fits both. `keepdim=True` keeps it a column.')
def share_of_largest(table):
    largest = table.max(dim=1).values
    return table / largest if len(largest) == table.shape[1] else table / largest[:, None]


@mistake("MT556", "Divides by a small number at least", hint="`F.normalize` divides by no less than its eps, 1e-12, so that rows of tiny numbers stay tiny. The largest number is positive: divide by it.")
def share_of_largest(table):
    return F.normalize(table, p=float("inf"), dim=1)
