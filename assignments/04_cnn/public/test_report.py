import torch


def test_three_classes(student, same):
    """Three cats, of which one was taken for a dog; one dog; no bird."""
    matrix = torch.tensor([[2, 1, 0], [0, 1, 0], [0, 0, 0]])
    names = ["cat", "dog", "bird"]
    due = {"cat": 200 / 3, "dog": 100.0, "bird": None, "all": 75.0}
    same(student.percentages(matrix, names), due, "percentages(matrix, names)")
    same(
        student.worst_pair(matrix, names),
        ("cat", "dog", 1),
        "worst_pair(matrix, names)",
        parts="true class, class it was taken for, count",
    )
