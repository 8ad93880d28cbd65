import torch


def test_ten_samples(student, same):
    """Ten samples in batches of four are three batches; the validation loader keeps their order."""
    samples = [(torch.tensor([float(i)]), i) for i in range(10)]
    _, validation = student.make_loaders(samples, samples, 4, 0)
    labels = [batch[1].tolist() for batch in validation]
    same(labels, [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]], "The labels in the validation loader's batches")
    same(student.n_batches(10, 4, False), 3, "n_batches(10, 4, False)")
    same(student.n_batches(10, 4, True), 2, "n_batches(10, 4, True)")


def test_another_order_in_every_epoch(student, same):
    """The training loader delivers each sample once per epoch, and the second epoch has another order."""
    samples = [(torch.tensor([float(i)]), i) for i in range(10)]
    training, _ = student.make_loaders(samples, samples, 10, 0)
    (first,), (second,) = ([batch[1].tolist() for batch in training] for _ in range(2))
    same((sorted(first), sorted(second)), (list(range(10)), list(range(10))), "The labels of two epochs, sorted")
    same(first == second, False, "Whether both epochs have the same order")
