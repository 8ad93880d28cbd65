import torch


def test_ten_samples(student, same):
    """Ten samples in batches of four are three batches; the validation loader keeps their order."""
    samples = [(torch.tensor([float(i)]), i) for i in range(10)]
    _, validation = student.make_loaders(samples, samples, 4, 0)
    labels = [batch[1].tolist() for batch in validation]
    same(labels, [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]], "The labels in the validation loader's batches")
    same(student.n_batches(10, 4, False), 3, "n_batches(10, 4, False)")
    same(student.n_batches(10, 4, True), 2, "n_batches(10, 4, True)")
