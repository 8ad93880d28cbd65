from grader import probe


@probe
def crops(f, height, width, size, draws, seed):
    image = torch.arange(height * width).reshape(1, height, width).repeat(2, 1, 1)  # noqa: F821
    image[1] += 1000
    generator = torch.Generator().manual_seed(seed)  # noqa: F821
    counts, windows = {}, True
    for _ in range(draws):
        crop = f(image, size, generator)
        top, left = divmod(int(crop.flatten()[0]), width)
        window = image[:, top : top + size, left : left + size]
        windows = windows and crop.dtype == image.dtype and torch.equal(crop, window)  # noqa: F821
        counts[top, left] = counts.get((top, left), 0) + 1
    return {
        "windows of the picture": windows,
        "places": sorted(counts),
        "about equally often": max(counts.values()) < 2 * min(counts.values()),
    }


def test_places(student, same, run):
    """Each crop is a window of the picture; all places where it fits occur, about equally often."""
    places = [(top, left) for top in range(3) for left in range(4)]
    due = {"windows of the picture": True, "places": places, "about equally often": True}
    same(run(crops, student.random_crop, 5, 6, 3, 2400, 1), due, "2400 crops of 3×3 out of 5×6", parts="place")


def test_exact_size(student, same, run):
    """A picture that is exactly as high or as wide as the window will do."""
    due = {"windows of the picture": True, "places": [(0, 0), (0, 1)], "about equally often": True}
    same(run(crops, student.random_crop, 4, 5, 4, 200, 2), due, "200 crops of 4×4 out of 4×5", parts="place")


@probe
def twice(f, seed):
    image = torch.arange(400).reshape(1, 20, 20)  # noqa: F821
    series = []
    for shared in (1, 2):
        torch.manual_seed(shared)  # noqa: F821
        generator = torch.Generator().manual_seed(seed)  # noqa: F821
        series.append([f(image, 5, generator).flatten().tolist() for _ in range(6)])
    return {"the same again from the same state": series[0] == series[1], "different": series[0][0] != series[0][5]}


def test_generator(student, same, run):
    """The generator alone decides: from one state the same crops, and another one at each call."""
    due = {"the same again from the same state": True, "different": True}
    same(run(twice, student.random_crop, 8), due, "Two series of six crops")
