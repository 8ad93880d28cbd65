def test_ten_samples(student, same):
    """Ten samples in batches of four, and windows of two."""
    same(student.updates("batch", 10, 4, 2), 6, 'updates("batch", 10, 4, 2)')
    same(student.updates("all", 10, 4, 2), 2, 'updates("all", 10, 4, 2)')
    same(student.running_means([1.0, 3.0, 5.0, 7.0, 9.0], 2), [2.0, 6.0], "running_means([1, 3, 5, 7, 9], 2)")
