import torch
from torch import nn

from grader import mistake


@mistake("MC405", "Mirrors the whole batch or nothing", hint="One coin per picture.")
def augment(images, most, generator):
    n, _, h, w = images.shape
    if torch.rand(1, generator=generator) < 0.5:
        images = images.flip(-1)
    padded = nn.functional.pad(images, (most,) * 4)
    corners = torch.randint(0, 2 * most + 1, (n, 2), generator=generator).tolist()
    return torch.stack([p[:, y : y + h, x : x + w] for p, (y, x) in zip(padded, corners)])


@mistake("MC406", "Moves all pictures by the same", hint="One move per picture.")
def augment(images, most, generator):
    n, _, h, w = images.shape
    coins = torch.rand(n, generator=generator) < 0.5
    images = torch.where(coins[:, None, None, None], images.flip(-1), images)
    padded = nn.functional.pad(images, (most,) * 4)
    y, x = torch.randint(0, 2 * most + 1, (2,), generator=generator).tolist()
    return padded[:, :, y : y + h, x : x + w].clone()


@mistake("MC407", "Turns pictures upside down", hint="Left and right are swapped: along the width, the last axis.")
def augment(images, most, generator):
    n, _, h, w = images.shape
    coins = torch.rand(n, generator=generator) < 0.5
    images = torch.where(coins[:, None, None, None], images.flip(-2), images)
    padded = nn.functional.pad(images, (most,) * 4)
    corners = torch.randint(0, 2 * most + 1, (n, 2), generator=generator).tolist()
    return torch.stack([p[:, y : y + h, x : x + w] for p, (y, x) in zip(padded, corners)])


@mistake("MC408", "Rolls pictures around", hint="What leaves on one side must not come in on the other: zeros come in.")
def augment(images, most, generator):
    n = len(images)
    coins = torch.rand(n, generator=generator) < 0.5
    images = torch.where(coins[:, None, None, None], images.flip(-1), images)
    moves = torch.randint(-most, most + 1, (n, 2), generator=generator).tolist()
    return torch.stack([p.roll(move, (1, 2)) for p, move in zip(images, moves)])


@mistake("MC409", "Never moves as far as it may", hint="`randint` leaves its upper limit out.")
def augment(images, most, generator):
    n, _, h, w = images.shape
    coins = torch.rand(n, generator=generator) < 0.5
    images = torch.where(coins[:, None, None, None], images.flip(-1), images)
    padded = nn.functional.pad(images, (most,) * 4)
    corners = torch.randint(0, max(2 * most, 1), (n, 2), generator=generator).tolist()
    return torch.stack([p[:, y : y + h, x : x + w] for p, (y, x) in zip(padded, corners)])


@mistake("MC410", "Moves rows and columns by the same", hint="Rows and columns are drawn independently of each other.")
def augment(images, most, generator):
    n, _, h, w = images.shape
    coins = torch.rand(n, generator=generator) < 0.5
    images = torch.where(coins[:, None, None, None], images.flip(-1), images)
    padded = nn.functional.pad(images, (most,) * 4)
    corners = torch.randint(0, 2 * most + 1, (n,), generator=generator).tolist()
    return torch.stack([p[:, k : k + h, k : k + w] for p, k in zip(padded, corners)])


@mistake("MC411", "Draws from the common generator", hint="Hand the generator on to every function that draws.")
def augment(images, most, generator):
    n, _, h, w = images.shape
    coins = torch.rand(n) < 0.5
    images = torch.where(coins[:, None, None, None], images.flip(-1), images)
    padded = nn.functional.pad(images, (most,) * 4)
    corners = torch.randint(0, 2 * most + 1, (n, 2), generator=generator).tolist()
    return torch.stack([p[:, y : y + h, x : x + w] for p, (y, x) in zip(padded, corners)])


@mistake("MC412", "Writes into the caller's pictures", hint="`images[i] = …` changes the training data for good. Make a new tensor.")
def augment(images, most, generator):
    n, _, h, w = images.shape
    coins = torch.rand(n, generator=generator) < 0.5
    padded = nn.functional.pad(images, (most,) * 4)
    corners = torch.randint(0, 2 * most + 1, (n, 2), generator=generator).tolist()
    for i, (y, x) in enumerate(corners):
        p = padded[i].flip(-1) if coins[i] else padded[i]
        images[i] = p[:, y : y + h, x : x + w]
    return images


@mistake("MC413", "Mirrors every picture", hint="With probability 1/2: half of them stay as they are.")
def augment(images, most, generator):
    n, _, h, w = images.shape
    padded = nn.functional.pad(images.flip(-1), (most,) * 4)
    corners = torch.randint(0, 2 * most + 1, (n, 2), generator=generator).tolist()
    return torch.stack([p[:, y : y + h, x : x + w] for p, (y, x) in zip(padded, corners)])


@mistake("MC414", "Does not mirror", hint="Half of the pictures are mirrored before they are moved.")
def augment(images, most, generator):
    n, _, h, w = images.shape
    padded = nn.functional.pad(images, (most,) * 4)
    corners = torch.randint(0, 2 * most + 1, (n, 2), generator=generator).tolist()
    return torch.stack([p[:, y : y + h, x : x + w] for p, (y, x) in zip(padded, corners)])


@mistake("MC415", "Repeats the border instead of zeros", hint="Pixels that come in from outside are 0.")
def augment(images, most, generator):
    n, _, h, w = images.shape
    coins = torch.rand(n, generator=generator) < 0.5
    images = torch.where(coins[:, None, None, None], images.flip(-1), images)
    padded = nn.functional.pad(images, (most,) * 4, mode="replicate")
    corners = torch.randint(0, 2 * most + 1, (n, 2), generator=generator).tolist()
    return torch.stack([p[:, y : y + h, x : x + w] for p, (y, x) in zip(padded, corners)])


@mistake("MC641", "Has one luck for the whole batch", hint="Every picture draws its own coin, and its own move.")
def augment(images, most, generator):
    dy, dx = torch.randint(-most, most + 1, (2,), generator=generator).tolist()
    if torch.rand((), generator=generator) < 0.5:
        images = images.flip(-1)
    h, w = images.shape[2:]
    padded = nn.functional.pad(images, (most,) * 4)
    return padded[:, :, most - dy : most - dy + h, most - dx : most - dx + w].clone()


@mistake("MC642", "Mirrors the caller's pictures in place", hint="`images[i] = …` changes the training data for good. Work on a copy.")
def augment(images, most, generator):
    h, w = images.shape[2:]
    for i in range(len(images)):
        if torch.rand(1, generator=generator) < 0.5:
            images[i] = images[i].flip(-1)
    padded = nn.functional.pad(images, (most,) * 4)
    shifts = torch.randint(2 * most + 1, (len(images), 2), generator=generator).tolist()
    return torch.stack([p[:, a : a + h, b : b + w] for p, (a, b) in zip(padded, shifts)])


@mistake("MC779", "Mirrors nothing where there is no room to move", hint="Mirroring does not depend on `most`: with 0, half of the pictures are mirrored all the same.")
def augment(images, most, generator):
    if most == 0:
        return images.clone()
    n, c, h, w = images.shape
    flip = torch.rand(n, generator=generator) < 0.5
    x = torch.where(flip[:, None, None, None], images.flip(3), images)
    full = nn.functional.pad(x, (most,) * 4)
    d = torch.randint(0, 2 * most + 1, (n, 2), generator=generator).tolist()
    return torch.stack([f[:, i : i + h, j : j + w] for f, (i, j) in zip(full, d)])


@mistake("MC780", "Mirrors exactly half of the pictures", hint="Each picture is mirrored with probability 1/2, whatever becomes of the others; so the number of mirrored ones differs from batch to batch.")
def augment(images, most, generator):
    n, c, h, w = images.shape
    flip = torch.zeros(n, dtype=torch.bool)
    flip[torch.randperm(n, generator=generator)[: n // 2]] = True
    x = torch.where(flip[:, None, None, None], images.flip(3), images)
    full = nn.functional.pad(x, (most,) * 4)
    d = torch.randint(0, 2 * most + 1, (n, 2), generator=generator).tolist()
    return torch.stack([f[:, i : i + h, j : j + w] for f, (i, j) in zip(full, d)])


@mistake("MC781", "Makes the largest moves half as likely", hint="Rounding evenly distributed numbers gives the two ends half as often. Draw whole numbers, with `randint`.")
def augment(images, most, generator):
    n, c, h, w = images.shape
    flip = torch.rand(n, generator=generator) < 0.5
    x = torch.where(flip[:, None, None, None], images.flip(3), images)
    full = nn.functional.pad(x, (most,) * 4)
    d = (torch.rand(n, 2, generator=generator) * 2 * most).round().long().tolist()
    return torch.stack([f[:, i : i + h, j : j + w] for f, (i, j) in zip(full, d)])


@mistake("MC782", "Mirrors the pictures that it was given", hint="They must stay as they are: `images[…] = …` writes into them. Work in a copy.")
def augment(images, most, generator):
    n, c, h, w = images.shape
    flip = torch.rand(n, generator=generator) < 0.5
    images[flip] = images[flip].flip(3)
    full = nn.functional.pad(images, (most,) * 4)
    d = torch.randint(0, 2 * most + 1, (n, 2), generator=generator).tolist()
    return torch.stack([f[:, i : i + h, j : j + w] for f, (i, j) in zip(full, d)])
