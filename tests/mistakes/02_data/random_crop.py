import torch

from grader import mistake


@mistake("MD256", "Never reaches the last place", hint="`randint` leaves its upper end out, and a window of 3 fits into 5 rows at three places. Count them.")
def random_crop(image, size, generator):
    _, height, width = image.shape
    top = int(torch.randint(height - size, (1,), generator=generator))
    left = int(torch.randint(width - size, (1,), generator=generator))
    return image[:, top : top + size, left : left + size]


@mistake("MD257", "Draws from the shared generator", hint="The generator is an argument; give it to every function that draws.")
def random_crop(image, size, generator):
    _, height, width = image.shape
    top, left = int(torch.randint(height - size + 1, (1,))), int(torch.randint(width - size + 1, (1,)))
    return image[:, top : top + size, left : left + size]


@mistake("MD258", "Uses one draw for row and column", hint="Then only places on the diagonal occur. Draw twice.")
def random_crop(image, size, generator):
    _, height, width = image.shape
    top = int(torch.randint(min(height, width) - size + 1, (1,), generator=generator))
    return image[:, top : top + size, top : top + size]


@mistake("MD259", "Seeds the generator at every call", hint="Seeded anew, it draws the same place each time. It comes in the state in which it is to be used.")
def random_crop(image, size, generator):
    generator.manual_seed(0)
    _, height, width = image.shape
    top = int(torch.randint(height - size + 1, (1,), generator=generator))
    left = int(torch.randint(width - size + 1, (1,), generator=generator))
    return image[:, top : top + size, left : left + size]


@mistake("MD260", "Always takes the middle", hint="The window was to be at random.")
def random_crop(image, size, generator):
    top, left = (image.shape[1] - size) // 2, (image.shape[2] - size) // 2
    return image[:, top : top + size, left : left + size]


@mistake("MD261", "Exchanges the limits of rows and columns", hint="How far down the window may go depends on the height, how far to the right on the width.")
def random_crop(image, size, generator):
    _, height, width = image.shape
    top = int(torch.randint(width - size + 1, (1,), generator=generator))
    left = int(torch.randint(height - size + 1, (1,), generator=generator))
    return image[:, top : top + size, left : left + size]


@mistake("MD262", "Draws a place for each channel", hint="All channels show the same window, or the colours no longer belong together.")
def random_crop(image, size, generator):
    _, height, width = image.shape
    parts = []
    for channel in image:
        top = int(torch.randint(height - size + 1, (1,), generator=generator))
        left = int(torch.randint(width - size + 1, (1,), generator=generator))
        parts.append(channel[top : top + size, left : left + size])
    return torch.stack(parts)


@mistake("MD263", "Pushes places that do not fit back to the edge", hint="Then the outermost places occur far too often. Draw only from places that fit.")
def random_crop(image, size, generator):
    _, height, width = image.shape
    top = min(int(torch.randint(height, (1,), generator=generator)), height - size)
    left = min(int(torch.randint(width, (1,), generator=generator)), width - size)
    return image[:, top : top + size, left : left + size]


@mistake("MD361", "Makes the outermost places rarer", hint="Rounding a uniform number gives the first and the last place half of what the others get. Draw whole numbers.")
def random_crop(image, size, generator):
    rows, columns = image.shape[1] - size, image.shape[2] - size
    top = round(torch.rand(1, generator=generator).item() * rows)
    left = round(torch.rand(1, generator=generator).item() * columns)
    return image[:, top : top + size, left : left + size]


@mistake("MD362", "Never draws the last place", hint="`randint` leaves its upper end out, and a window of 3 fits into 5 rows at three places. Count them.")
def random_crop(image, size, generator):
    _, h, w = image.shape
    top = torch.randint(0, max(h - size, 1), (1,), generator=generator).item()
    left = torch.randint(0, max(w - size, 1), (1,), generator=generator).item()
    return image[:, top : top + size, left : left + size]


@mistake("MD363", "Ties row and column together", hint="Only some combinations of row and column occur then. Draw each of them for itself.")
def random_crop(image, size, generator):
    u = torch.rand((), generator=generator).item()
    top = int(u * (image.shape[1] - size + 1))
    left = int(u * (image.shape[2] - size + 1))
    return image[:, top : top + size, left : left + size]


@mistake("MD513", "Lets columns go only as far as rows", hint="A wide picture has more places across than down. Draw with a limit for each.")
def random_crop(image, size, generator):
    room = min(image.shape[1:]) - size + 1
    top, left = torch.randint(room, (2,), generator=generator).tolist()
    return image[:, top : top + size, left : left + size]


@mistake("MD514", "Draws from a copy of the generator", hint="The generator itself stays where it was, and the next call draws the same. Draw from the one you are given.")
def random_crop(image, size, generator):
    own = torch.Generator()
    own.set_state(generator.get_state())
    top = int(torch.randint(image.shape[1] - size + 1, (), generator=own))
    left = int(torch.randint(image.shape[2] - size + 1, (), generator=own))
    return image[:, top : top + size, left : left + size]


@mistake("MD515", "Draws rows and columns one by one", hint="A window is made of neighbouring rows and columns. Draw where it begins.")
def random_crop(image, size, generator):
    rows = torch.randperm(image.shape[1], generator=generator)[:size].sort().values
    columns = torch.randperm(image.shape[2], generator=generator)[:size].sort().values
    return image[:, rows][:, :, columns]


@mistake("MD526", "Averages two draws", hint="The mean of two draws lies near the middle more often than at the ends. One draw for each axis.")
def random_crop(image, size, generator):
    rows, columns = image.shape[1] - size + 1, image.shape[2] - size + 1
    top = int(torch.randint(rows, (2,), generator=generator).sum()) // 2
    left = int(torch.randint(columns, (2,), generator=generator).sum()) // 2
    return image[:, top : top + size, left : left + size]
