def test_the_four_tensors(student, reference, agree):
    """The four tensors have the ranks 0 to 3, the numbers of the table and the dtype int64."""
    agree(student.build_ladder, reference.build_ladder, [()], parts="scalar, vector, matrix, tensor of rank 3")
