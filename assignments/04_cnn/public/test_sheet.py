import torch


def test_rows_of_classes(student, same):
    """Two of each of two classes, and three pictures of one pixel in two columns."""
    same(student.class_rows(torch.tensor([1, 0, 1, 1, 0, 0]), 2, 2), torch.tensor([1, 4, 0, 2]), "class_rows(…, 2, 2)")
    images = torch.tensor([1.0, 2.0, 3.0]).reshape(3, 1, 1, 1)
    same(student.sheet(images, 2), torch.tensor([[[1.0, 2.0], [3.0, 0.0]]]), "sheet(images, 2)")
