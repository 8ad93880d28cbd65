import torch


def test_three_pictures(student, same):
    """Of two pictures of class 0 and one of class 1; a new picture is nearer to the second average."""
    loader = [
        (torch.tensor([[1.0, 0.0], [0.0, 8.0]]), torch.tensor([0, 1])),
        (torch.tensor([[3.0, 2.0]]), torch.tensor([0])),
    ]
    averages = torch.tensor([[2.0, 1.0], [0.0, 8.0]])
    same(student.class_averages(loader, 2), averages, "class_averages(loader, 2)")
    picture = torch.tensor([[1.0, 7.0]])
    same(student.nearest_average(picture, averages), torch.tensor([1]), "nearest_average(picture, averages)")
