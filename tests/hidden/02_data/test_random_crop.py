import torch

from grader import probe
from grader.asking.variations import expanded, sliced


def how_often(counts):
    """In words, how often the places occur beside each other."""
    rows, columns = ({place[axis] for place in counts} for axis in (0, 1))
    ends = ({min(rows), max(rows)}, {min(columns), max(columns)})
    corners = [n for (top, left), n in counts.items() if top in ends[0] and left in ends[1]]
    inner = [n for (top, left), n in counts.items() if top not in ends[0] and left not in ends[1]]
    if max(counts.values()) < 2 * min(counts.values()):
        return "all about equally"
    if not inner:
        return "some more often than others"
    rarer = sum(corners) * len(inner) < sum(inner) * len(corners)
    return f"the outermost ones too {'rarely' if rarer else 'often'}"


@probe(uses=[how_often])
def crops(f, height, width, size, draws, seed):
    image = torch.arange(height * width).reshape(1, height, width).repeat(2, 1, 1)
    image[1] += 1000
    generator = torch.Generator().manual_seed(seed)
    counts, windows = {}, True
    for _ in range(draws):
        crop = f(image, size, generator)
        top, left = divmod(int(crop.flatten()[0]), width)
        window = image[:, top : top + size, left : left + size]
        windows = windows and crop.dtype == image.dtype and torch.equal(crop, window)
        counts[top, left] = counts.get((top, left), 0) + 1
    return {"windows of the picture": windows, "places": sorted(counts), "how often": how_often(counts)}


@probe
def cropped(f, image, size):
    """All pixels of the picture are different, so the first one says where the crop is from."""
    crop = f(image, size, torch.Generator().manual_seed(3))
    top, left = divmod(int((image[0] == crop[0, 0, 0]).flatten().nonzero()[0]), image.shape[2])
    window = image[:, top : top + size, left : left + size]
    return [str(crop.dtype), list(crop.shape), torch.equal(crop, window), crop.requires_grad]


@probe
def cropping(f, image):
    return [(lambda image: f(image, 3, torch.Generator().manual_seed(3)), image)]


def test_any_picture(student, same, run, untouched, rng):
    """Pictures of all dtypes, with any number of channels, however they lie in memory."""
    numbers = torch.randperm(50, generator=rng).reshape(2, 5, 5) - 25
    kinds = (torch.float64, torch.float16, torch.int32)
    for image in (
        *(numbers.to(kind) for kind in kinds),
        numbers / 7,
        (numbers + 25).to(torch.uint8),
        sliced(numbers),
        expanded(numbers),
        numbers[:1],
    ):
        due = [str(image.dtype), [len(image), 3, 3], True, False]
        same(
            run(cropped, student.random_crop, image, 3),
            due,
            f"A crop of {image.dtype}",
            parts="dtype, shape, window, a graph",
        )
    columns = numbers[:, :, :1]
    same(
        run(cropped, student.random_crop, columns, 1),
        [str(columns.dtype), [2, 1, 1], True, False],
        "A crop of a column",
    )
    bits = torch.tensor([[[False, True], [True, True]]])
    same(run(cropped, student.random_crop, bits, 2), ["torch.bool", [1, 2, 2], True, False], "A crop of torch.bool")
    untouched(student.random_crop, cropping, numbers.float())


def test_places(student, same, run):
    """Each crop is a window of the picture; all places where it fits occur, about equally often."""
    places = [(top, left) for top in range(3) for left in range(4)]
    due = {"windows of the picture": True, "places": places, "how often": "all about equally"}
    same(run(crops, student.random_crop, 5, 6, 3, 2400, 1), due, "2400 crops of 3×3 out of 5×6", parts="place")


def test_exact_size(student, same, run):
    """A picture that is exactly as high or as wide as the window will do."""
    due = {"windows of the picture": True, "places": [(0, 0), (0, 1)], "how often": "all about equally"}
    same(run(crops, student.random_crop, 4, 5, 4, 200, 2), due, "200 crops of 4×4 out of 4×5", parts="place")


@probe
def twice(f, seed):
    image = torch.arange(400).reshape(1, 20, 20)
    series = []
    for shared in (1, 2):
        torch.manual_seed(shared)
        generator = torch.Generator().manual_seed(seed)
        series.append([f(image, 5, generator).flatten().tolist() for _ in range(6)])
    return {"the same again from the same state": series[0] == series[1], "different": series[0][0] != series[0][5]}


def test_generator(student, same, run):
    """The generator alone decides: from one state the same crops, and another one at each call."""
    due = {"the same again from the same state": True, "different": True}
    same(run(twice, student.random_crop, 8), due, "Two series of six crops")
