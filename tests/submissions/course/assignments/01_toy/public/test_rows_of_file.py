def test_table(student, same):
    """The first row of data/table.csv has the mean 2.0."""
    same(student.rows_of_file("data/table.csv")[0], 2.0, "The first mean")
