import torch

from grader import mistake


@mistake("MC209", "Sorts the samples by class, and takes all", hint="Only the first few of each class were asked for.")
def class_rows(targets, classes, per_class):
    return targets.sort(stable=True).indices


@mistake("MC210", "Takes what there is of a class that is too small", hint="A sheet with a short row has its pictures in the wrong places from there on. Raise a ValueError.")
def class_rows(targets, classes, per_class):
    return torch.cat([(targets == c).nonzero()[:per_class, 0] for c in range(classes)])


@mistake("MC211", "Returns a table, one row per class", hint="One vector was asked for.")
def class_rows(targets, classes, per_class):
    rows = [(targets == c).nonzero()[:per_class, 0] for c in range(classes)]
    if any(len(row) < per_class for row in rows):
        raise ValueError
    return torch.stack(rows)


@mistake("MC212", "Takes the last samples of each class", hint="The first ones of each class, in their order.")
def class_rows(targets, classes, per_class):
    rows = [(targets == c).nonzero()[-per_class:, 0] for c in range(classes)]
    if any(len(row) < per_class for row in rows):
        raise ValueError
    return torch.cat(rows)


@mistake("MC213", "Forgets classes without samples", hint="Classes run from 0 to classes - 1, whether they occur or not; one without samples is too small.")
def class_rows(targets, classes, per_class):
    rows = [(targets == c).nonzero()[:per_class, 0] for c in targets.unique().tolist()]
    if any(len(row) < per_class for row in rows):
        raise ValueError
    return torch.cat(rows)


@mistake("MC214", "Reshapes without moving the axes", hint="A reshape only refills. Bring the height next to the rows and the width next to the columns first.")
def sheet(images, columns):
    n, c, h, w = images.shape
    rows = -(-n // columns)
    places = torch.zeros(rows * columns, c, h, w, dtype=images.dtype)
    places[:n] = images
    return places.reshape(c, rows * h, columns * w)


@mistake("MC215", "Fills column after column", hint="Reading order: the second picture stands to the right of the first.")
def sheet(images, columns):
    n, c, h, w = images.shape
    rows = -(-n // columns)
    out = torch.zeros(c, rows * h, columns * w, dtype=images.dtype)
    for i, image in enumerate(images):
        x, y = divmod(i, rows)
        out[:, y * h : (y + 1) * h, x * w : (x + 1) * w] = image
    return out


@mistake("MC216", "Drops the pictures of a row that is not full", hint="Round the number of rows up, not down.")
def sheet(images, columns):
    n, c, h, w = images.shape
    rows = n // columns
    return images[: rows * columns].reshape(rows, columns, c, h, w).permute(2, 0, 3, 1, 4).reshape(c, rows * h, columns * w)


@mistake("MC217", "Makes a float sheet of every dtype", hint="`torch.zeros` makes float32 unless it is told otherwise; the sheet has the dtype of the pictures.")
def sheet(images, columns):
    n, c, h, w = images.shape
    rows = -(-n // columns)
    places = torch.zeros(rows * columns, c, h, w)
    places[:n] = images
    return places.reshape(rows, columns, c, h, w).permute(2, 0, 3, 1, 4).reshape(c, rows * h, columns * w)


@mistake("MC218", "Repeats the last picture in the empty places", hint="What is left over is 0.")
def sheet(images, columns):
    n, c, h, w = images.shape
    rows = -(-n // columns)
    places = torch.cat([images, images[-1:].expand(rows * columns - n, c, h, w)])
    return places.reshape(rows, columns, c, h, w).permute(2, 0, 3, 1, 4).reshape(c, rows * h, columns * w)


@mistake("MC219", "Leaves a mark in the caller's pictures", hint="Something is written into `images`; work on a copy.")
def sheet(images, columns):
    n, c, h, w = images.shape
    rows = -(-n // columns)
    places = torch.zeros(rows * columns, c, h, w, dtype=images.dtype)
    places[:n] = images
    images.zero_()
    return places.reshape(rows, columns, c, h, w).permute(2, 0, 3, 1, 4).reshape(c, rows * h, columns * w)


@mistake("MC630", "Makes the sheet narrower for few pictures", hint="The sheet has all its columns, also when pictures for them are missing.")
def sheet(images, columns):
    columns = min(columns, images.shape[0])
    n, c, h, w = images.shape
    rows = (n + columns - 1) // columns
    missing = rows * columns - n
    images = torch.cat([images, images.new_zeros(missing, c, h, w)])
    return images.reshape(rows, columns, c, h, w).permute(2, 0, 3, 1, 4).reshape(c, rows * h, columns * w)


@mistake("MC631", "Refuses a class with exactly enough samples", hint="As many as were asked for are enough; only fewer are an error.")
def class_rows(targets, classes, per_class):
    out = []
    for c in range(classes):
        found = [i for i, t in enumerate(targets.tolist()) if t == c]
        if len(found) <= per_class:
            raise ValueError("not enough samples")
        out += found[:per_class]
    return torch.tensor(out)


@mistake("MC705", "Fills the empty places with the smallest value of the pictures", hint="What is left over is 0, whatever the pictures hold.")
def sheet(images, columns):
    n, c, h, w = images.shape
    rows = -(-n // columns)
    full = images.new_full((rows * columns, c, h, w), images.min().item())
    full[:n] = images
    return full.reshape(rows, columns, c, h, w).permute(2, 0, 3, 1, 4).reshape(c, rows * h, columns * w)


@mistake("MC706", "Refuses classes that have exactly as many samples as are asked for", hint="Two of two is enough: only fewer are too few.")
def class_rows(targets, classes, per_class):
    rows = []
    for c in range(classes):
        found = (targets == c).nonzero().flatten()
        if len(found) <= per_class:
            raise ValueError("too few")
        rows.append(found[:per_class])
    return torch.cat(rows)


@mistake("MC707", "Looks at the number of all samples together", hint="Many samples of one class do not make up for another class that has too few. Count each class on its own.")
def class_rows(targets, classes, per_class):
    if len(targets) < classes * per_class:
        raise ValueError("not enough samples")
    order = torch.sort(targets, stable=True).indices
    counts = torch.bincount(targets, minlength=classes)
    starts = counts.cumsum(0) - counts
    return torch.cat([order[s : s + per_class] for s in starts.tolist()])


@mistake("MC708", "Adds an empty row where the last one is full", hint="Six pictures in rows of three need two rows, not three: divide, and round up.")
def sheet(images, columns):
    n, c, h, w = images.shape
    rows = n // columns + 1
    full = torch.cat([images, images.new_zeros(rows * columns - n, c, h, w)])
    return full.reshape(rows, columns, c, h, w).permute(2, 0, 3, 1, 4).reshape(c, rows * h, columns * w)
