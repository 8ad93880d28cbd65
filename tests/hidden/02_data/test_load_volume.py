import torch

from grader import probe


@probe
def from_files(f, arrays, headers):
    import tempfile
    from pathlib import Path

    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    folder = tempfile.mkdtemp(dir=".")
    for i, (array, position) in enumerate(zip(arrays, headers, strict=True)):
        info = PngInfo()
        info.add_text("position", position)
        Image.fromarray(array).save(Path(folder, f"IM-{(7 * i + 3) % 10}.png"), pnginfo=info)
    Path(folder, "notes.txt").write_text("a scan\n")
    info.add_text("position", "0.75")
    Image.fromarray(255 - arrays[0]).save(Path(folder, "IM-3.png.old"), "png", pnginfo=info)
    return f(folder)


@probe
def reading(f, array):
    from pathlib import Path

    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("position", "1.5")
    Path("a-scan").mkdir(exist_ok=True)
    Image.fromarray(array).save("a-scan/IM-1.png", pnginfo=info)
    return [(f, "a-scan")]


def test_slices_in_order(student, same, run, untouched, rng):
    """The slices lie in the order of their positions, as numbers, in a float32 volume with one channel."""
    headers = ["7.5", "-12.5", "102.5", "-2.5", "12.5", "-102.5"]
    slices = torch.randint(0, 256, (6, 4, 5), generator=rng, dtype=torch.uint8)
    due = slices[[5, 1, 3, 0, 4, 2]].float().unsqueeze(0)
    same(run(from_files, student.load_volume, list(slices.numpy()), headers), due, "For six slices of 4×5")
    untouched(student.load_volume, reading, slices[0].numpy())


def test_slices_close_to_each_other(student, same, run, rng):
    """Slices that are less than a millimetre apart lie in their order as well."""
    slices = torch.randint(0, 256, (4, 3, 2), generator=rng, dtype=torch.uint8)
    got = run(from_files, student.load_volume, list(slices.numpy()), ["0.5", "-0.5", "0.25", "-0.75"])
    same(got, slices[[3, 1, 2, 0]].float().unsqueeze(0), "For four slices within two millimetres")


def test_batch(student, reference, agree, rng):
    """`batch_volumes` gives a tensor with five axes, one more than a volume."""
    cases = {
        "three volumes": ([torch.rand(2, 3, 4, 5, generator=rng) for _ in range(3)],),
        "one volume": ([torch.randn(2, 2, 3, 3, generator=rng)],),
        "volumes of bytes": (
            [torch.randint(0, 256, (1, 2, 3, 4), generator=rng, dtype=torch.uint8) for _ in range(2)],
        ),
        "volumes of float64": ([torch.rand(1, 2, 3, 3, generator=rng, dtype=torch.float64) for _ in range(2)],),
    }
    agree(
        student.batch_volumes,
        reference.batch_volumes,
        cases,
        dtypes="any",
        layouts=["sliced", "expanded"],
        single=[1, 3],
    )
