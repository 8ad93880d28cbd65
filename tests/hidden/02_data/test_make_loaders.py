from grader import probe


@probe
def training(f, n, batch_size, seed):
    def order(loader):
        return [int(label) for _, labels in loader for label in labels]

    samples = [(torch.tensor([float(i)]), i) for i in range(n)]  # noqa: F821
    loader, _ = f(samples, samples[:3], batch_size, seed)
    sizes = [len(labels) for _, labels in loader]
    first, second = order(loader), order(loader)
    return {
        "sizes of batches": sizes,
        "every sample once per epoch": sorted(first) == sorted(second) == list(range(n)),
        "shuffled": first != sorted(first) and second != sorted(second),
        "another order in the next epoch": first != second,
    }


@probe
def making(f):
    samples = [(torch.tensor([float(i)]), i) for i in range(6)]  # noqa: F821
    return [(f, samples, samples, 2, 3)]


def test_training_loader(student, same, run, untouched):
    """The training loader delivers every sample once per epoch, in an order that changes from epoch to epoch."""
    due = {
        "sizes of batches": [8, 8, 8, 6],
        "every sample once per epoch": True,
        "shuffled": True,
        "another order in the next epoch": True,
    }
    same(
        run(training, student.make_loaders, 30, 8, 3),
        due,
        "The training loader over 30 samples, batches of 8",
        parts="batch",
    )
    untouched(student.make_loaders, making)


@probe
def series(f, n, batch_size, seed):
    def two_epochs(seed, draws):
        loader, _ = f(samples, samples, batch_size, seed)
        epochs = []
        for _ in range(2):
            epochs.append([int(label) for _, labels in loader for label in labels])
            torch.rand(draws)  # noqa: F821 - somebody else draws, too
        return epochs

    samples = [(torch.tensor([float(i)]), i) for i in range(n)]  # noqa: F821
    one, two, other = two_epochs(seed, 5), two_epochs(seed, 8), two_epochs(seed + 1, 5)
    return {"the same with the same seed": one == two, "another with another": one != other}


def test_series_of_the_seed(student, same, run):
    """The seed fixes the series of orders, whatever else is drawn."""
    due = {"the same with the same seed": True, "another with another": True}
    found = run(series, student.make_loaders, 25, 4, 9)
    same(found, due, "The series of orders in two epochs", about="random numbers")


@probe
def with_validation(f, n, batch_size, seed):
    def two_epochs(validate):
        training, validation = f(samples, samples[:6], batch_size, seed)
        epochs = []
        for _ in range(2):
            epochs.append([int(label) for _, labels in training for label in labels])
            for _ in range(validate):
                list(validation)
        return epochs

    samples = [(torch.tensor([float(i)]), i) for i in range(n)]  # noqa: F821
    return two_epochs(0) == two_epochs(1) == two_epochs(3)


def test_validation_changes_nothing(student, same, run):
    """The orders of training do not depend on how often one goes through the validation loader in between."""
    found = run(with_validation, student.make_loaders, 25, 4, 2)
    same(found, True, "Whether the orders are the same with and without validation", about="random numbers")


@probe
def validating(f, n, batch_size, seed):
    samples = [(torch.tensor([float(i)]), i) for i in range(n)]  # noqa: F821
    _, loader = f(samples[:4], samples, batch_size, seed)
    return [[labels.tolist() for _, labels in loader] for _ in range(2)]


def test_validation_loader(student, same, run):
    """The validation loader delivers every sample in the dataset's order, in batches of the same size."""
    epoch = [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10, 11]]
    same(
        run(validating, student.make_loaders, 12, 5, 1),
        [epoch, epoch],
        "Labels of two epochs of validation",
        parts="epoch: batch",
    )


def test_how_many_batches(student, reference, agree):
    """`n_batches` counts the last, smaller batch unless it is dropped."""
    cases = [(10, 4, False), (10, 4, True), (12, 4, False), (12, 4, True), (3, 5, False), (3, 5, True), (600, 1, False)]
    cases += [(1001, 1000, False), (1999, 1000, True), (2000, 1000, False)]
    agree(student.n_batches, reference.n_batches, cases)
