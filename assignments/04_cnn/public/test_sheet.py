import torch


def test_rows_of_classes(student, same):
    """Two of each of two classes, and three pictures of two pixels, one above the other, in two columns."""
    same(student.class_rows(torch.tensor([1, 0, 1, 1, 0, 0]), 2, 2), torch.tensor([1, 4, 0, 2]), "class_rows(…, 2, 2)")
    images = torch.arange(1.0, 7.0).reshape(3, 1, 2, 1)
    due = torch.tensor([[[1.0, 3.0], [2.0, 4.0], [5.0, 0.0], [6.0, 0.0]]])
    same(student.sheet(images, 2), due, "sheet(images, 2)")
