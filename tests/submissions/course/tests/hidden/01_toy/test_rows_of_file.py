from grader import probe


@probe
def means(f, text):
    from pathlib import Path

    Path("rows.csv").write_text(text)
    return f("rows.csv")


def test_own_file(student, same, run):
    """Each row of a file gives its mean."""
    same(run(means, student.rows_of_file, "1,2\n5,8\n"), [1.5, 6.5], "The means", parts="row")


def test_data(student, reference, agree):
    """The means of data/table.csv are right."""
    same_path = "data/table.csv"
    agree(
        student.rows_of_file,
        reference.rows_of_file,
        {"the table": (same_path,), "the table again": (same_path,)},
        constant=True,
        parts="row",
    )
