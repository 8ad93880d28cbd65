import torch

from grader import probe


@probe
def loaded(f, text, delimiter):
    import tempfile
    from pathlib import Path

    path = Path(tempfile.mkdtemp(dir="."), "table.txt")
    path.write_text(text, encoding="utf-8")
    return f(str(path), delimiter)


def numbers(rng, rows, columns):
    return [[f"{x:.3f}" for x in row] for row in (10 * torch.randn(rows, columns, generator=rng)).tolist()]


def as_text(header, rows, delimiter):
    return "".join(delimiter.join(row) + "\n" for row in [header, *rows])


def as_tensor(rows):
    return torch.tensor([[float(x) for x in row] for row in rows])


@probe
def reading(f, text):
    from pathlib import Path

    Path("to-read.txt").write_text(text, encoding="utf-8")
    return [(f, "to-read.txt", ";")]


def test_numbers(student, same, run, untouched, rng):
    """Every row below the names is in the table, as float32, whatever the delimiter."""
    for delimiter, name in ((";", "semicolons"), (",", "commas"), ("\t", "tabs"), ("|", "bars")):
        rows = numbers(rng, 5, 3)
        got = run(loaded, student.load_table, as_text(["a", "b", "c d"], rows, delimiter), delimiter)
        same(
            got,
            (["a", "b", "c d"], as_tensor(rows)),
            f"For a file with {name}",
            parts={"names": "name", "numbers": None},
        )
    rows = [*numbers(rng, 3, 2), *numbers(rng, 1, 2)] * 2
    text = as_text(["a, b, c, d", "Länge in µm"], rows, ";").rstrip("\n")
    got = run(loaded, student.load_table, text, ";")
    same(
        got,
        (["a, b, c, d", "Länge in µm"], as_tensor(rows)),
        'For the names "a, b, c, d" and "Länge in µm", without a line break at the end',
        parts={"names": "name", "numbers": None},
    )
    untouched(student.load_table, reading, as_text(["a", "b"], numbers(rng, 3, 2), ";"))


def test_names_in_quotes(student, same, run, rng):
    """Quotes around names are taken off, and a delimiter inside them belongs to the name."""
    rows = numbers(rng, 3, 2)
    got = run(loaded, student.load_table, as_text(['"width; in mm"', '"weight"'], rows, ";"), ";")
    same(
        got,
        (["width; in mm", "weight"], as_tensor(rows)),
        'For the names "width; in mm" and "weight"',
        parts={"names": "name", "numbers": None},
    )


def test_a_single_column(student, same, run, rng):
    """A file with a single column gives a table of one column."""
    rows = numbers(rng, 4, 1)
    got = run(loaded, student.load_table, as_text(["height"], rows, ","), ",")
    same(got, (["height"], as_tensor(rows)), "For a single column", parts={"names": "name", "numbers": None})


def test_a_single_row(student, same, run, rng):
    """A file with a single row of numbers gives a table of one row."""
    rows = numbers(rng, 1, 4)
    got = run(loaded, student.load_table, as_text(list("abcd"), rows, ","), ",")
    same(got, (list("abcd"), as_tensor(rows)), "For a single row", parts={"names": "name", "numbers": None})
