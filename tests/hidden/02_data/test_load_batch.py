import torch

from grader import probe


@probe
def loaded(f, arrays, times=1):
    from PIL import Image

    paths = [f"picture-{i // times}.png" for i in range(len(arrays))]
    for path, array in zip(paths, arrays, strict=True):
        Image.fromarray(array).save(path)
    return f(paths)


def pictures(rng, *channels):
    return [torch.randint(0, 256, (5, 7, n), generator=rng, dtype=torch.uint8).numpy() for n in channels]


def as_batch(arrays):
    return torch.stack([torch.from_numpy(array[..., :3]).permute(2, 0, 1) for array in arrays])


@probe
def reading(f, array):
    from PIL import Image

    Image.fromarray(array).save("to-read.png")
    return [(f, ["to-read.png", "to-read.png"])]


def test_every_pixel_in_its_place(student, same, run, untouched, rng):
    """Files in RGB become a uint8 batch (N, 3, H, W), in the order of the paths."""
    for arrays, name in ((pictures(rng, 3, 3, 3, 3), "four RGB files"), (pictures(rng, 3), "one RGB file")):
        same(run(loaded, student.load_batch, arrays), as_batch(arrays), f"For {name} of 5×7 pixels")
    twice = [array for array in pictures(rng, 3, 3) for _ in range(2)]
    same(run(loaded, student.load_batch, twice, 2), as_batch(twice), "For two RGB files of 5×7 pixels, each twice")
    untouched(student.load_batch, reading, pictures(rng, 3)[0])


def test_square_pictures(student, same, run, rng):
    """Pictures that are as high as wide come out the same way."""
    square = [array[:, :5] for array in pictures(rng, 3, 3)]
    same(run(loaded, student.load_batch, square), as_batch(square), "For two RGB files of 5×5 pixels")


def test_without_alpha(student, same, run, rng):
    """Files with an alpha channel lose it; red, green and blue stay as stored."""
    arrays = pictures(rng, 4, 3, 4)
    same(run(loaded, student.load_batch, arrays), as_batch(arrays), "For an RGB file between two RGBA files")


@probe
def transparent(f):
    from PIL import Image

    Image.fromarray(np.array([[[10, 200, 30, 0], [1, 2, 3, 128]]], dtype=np.uint8)).save("see-through.png")  # noqa: F821
    return f(["see-through.png"])


def test_colours_behind_alpha(student, same, run):
    """The colours of a pixel that cannot be seen are kept as stored."""
    due = torch.tensor([[[[10, 1]], [[200, 2]], [[30, 3]]]], dtype=torch.uint8)
    same(run(transparent, student.load_batch), due, "For two pixels, one transparent and one half so")
