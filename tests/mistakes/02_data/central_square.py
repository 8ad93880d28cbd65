from grader import mistake


@mistake("MD241", "Makes both sides equal", hint="That squashes the picture. Only the shorter side becomes `size`; the other keeps the proportions.")
def shorter_side(height, width, size):
    return size, size


@mistake("MD242", "Fixes the longer side", hint="The shorter side becomes `size`; the longer one is larger.")
def shorter_side(height, width, size):
    return (int(size * height / width), size) if height <= width else (size, int(size * width / height))


@mistake("MD243", "Rounds the longer side", hint="It is cut down to a whole number: `int`, not `round`.")
def shorter_side(height, width, size):
    return (size, round(size * width / height)) if height <= width else (round(size * height / width), size)


@mistake("MD244", "Returns width and height", hint="The order is (height, width), as for the axes of a tensor. PIL has it the other way round.")
def shorter_side(height, width, size):
    return (int(size * width / height), size) if height <= width else (size, int(size * height / width))


@mistake("MD245", "Cuts the square out of the corner", hint="The margin is the same on both sides: begin at half of what is left over.")
def center_crop(image, size):
    return image[:, :size, :size]


@mistake("MD246", "Begins at the same number in both directions", hint="Height and width differ, and so do their margins.")
def center_crop(image, size):
    top = (image.shape[1] - size) // 2
    return image[:, top : top + size, top : top + size]


@mistake("MD247", "Cuts the first two axes", hint="The picture is (C, H, W): leave the channels alone.")
def center_crop(image, size):
    top, left = (image.shape[0] - size) // 2, (image.shape[1] - size) // 2
    return image[top : top + size, left : left + size]


@mistake("MD248", "Cuts from the middle on", hint="The middle of the picture should be the middle of the square, not its corner.")
def center_crop(image, size):
    top, left = min(image.shape[1] // 2, image.shape[1] - size), min(image.shape[2] // 2, image.shape[2] - size)
    return image[:, top : top + size, left : left + size]


@mistake("MD278", "Makes floats of the square", hint="The square has the dtype of the picture; `torch.zeros`, for one, makes float32 unless you name a dtype.")
def center_crop(image, size):
    top, left = (image.shape[1] - size) // 2, (image.shape[2] - size) // 2
    square = torch.zeros(image.shape[0], size, size)
    square[:] = image[:, top : top + size, left : left + size]
    return square


@mistake("MD356", "Counts the end from behind", hint="Where nothing is left over, the end is `-0`, which is 0, and the slice is empty. Say where it ends: begin plus size.")
def center_crop(image, size):
    top, left = (image.shape[1] - size) // 2, (image.shape[2] - size) // 2
    bottom, right = image.shape[1] - size - top, image.shape[2] - size - left
    return image[:, top:-bottom, left:-right]


@mistake("MD358", "Rounds the ratio before it multiplies", hint="A quotient is rounded; times the size, a whole number may come out a hair too small and lose 1. Multiply first, or divide with `//`.")
def shorter_side(height, width, size):
    scale = size / min(height, width)
    if height < width:
        return size, int(width * scale)
    return int(height * scale), size


@mistake("MD506", "Never enlarges", hint="A small picture grows: the shorter side becomes `size` in any case.")
def shorter_side(height, width, size):
    short = min(height, width)
    if short <= size:
        return height, width
    return size * height // short, size * width // short


@mistake("MD507", "Cuts the ratio of the sides down to a whole number", hint="The ratio has decimals. Multiply first, then divide.")
def shorter_side(height, width, size):
    if height <= width:
        return size, size * (width // height) + size * (width % height) // height
    return size * (height // width), size
