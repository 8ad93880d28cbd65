import torch


def test_four_samples(student, same):
    """Of the labels 0, 2, 1, 2, keep [0, 2]: three samples with the labels 0, 1, 1; [2, 0] turns these round."""
    dataset = [(torch.tensor(10.0 * i), label) for i, label in enumerate((0, 2, 1, 2))]
    due = [(torch.tensor(0.0), 0), (torch.tensor(10.0), 1), (torch.tensor(30.0), 1)]
    same(student.subset_relabel(dataset, [0, 2]), due, "subset_relabel(dataset, [0, 2])")
    turned = [(picture, 1 - label) for picture, label in due]
    same(student.subset_relabel(dataset, [2, 0]), turned, "subset_relabel(dataset, [2, 0])")
