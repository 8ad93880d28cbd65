import torch


def test_rows_of_the_table(student, reference, agree, rng):
    """Each id becomes its row of the table, for ids of any shape, whether or not the highest occurs."""
    table = torch.randn(9, 4, generator=rng)
    cases = {
        "a sentence": (torch.tensor([3, 8, 0, 3]), table),
        "one word": (torch.tensor([7]), table),
        "an id alone": (torch.tensor(2), table),
        "no words": (torch.zeros(0, dtype=torch.int64), table),
        "ids up to 5 of 9": (torch.tensor([1, 5, 2]), table),
        "a batch of sentences": (torch.randint(0, 9, (2, 3), generator=rng), table),
        "as many axes as words": (torch.tensor([2, 0, 1]), table[:4]),
        "a table in float64": (torch.tensor([4, 4, 7]), table.double()),
        "a table in float16": (torch.tensor([4, 8, 0]), table.half()),
        "a table above zero, of one number each": (torch.tensor([[1, 2]]), table[:, :1].abs()),
    }
    agree(student.embed, reference.embed, cases, draws=True, layouts=["sliced", "expanded"])


def test_analogies(student, reference, agree, rng):
    """The nearest word to b - a + c is found, as a Python int."""
    table = torch.randn(30, 2, generator=rng)
    triples = torch.randperm(30, generator=rng)[:24].reshape(8, 3).tolist()
    agree(student.analogy, reference.analogy, [(table, *triple) for triple in triples], dtypes=[torch.float64])
    grid = torch.cartesian_prod(torch.arange(4.0), torch.arange(3.0))
    steps = {"a word where the step ends": (grid, 0, 1, 3), "another one": (grid, 10, 4, 8)}
    agree(student.analogy, reference.analogy, steps)


def test_the_three_do_not_count(student, reference, agree, rng):
    """a, b and c are no answers, not even when one of them is nearest."""
    table = torch.tensor([[0.0, 0.0], [0.1, 0.0], [5.0, 5.0], [8.0, 5.0], [5.0, 1.0]])
    line = torch.tensor([[1.0, 1.0], [2.0, 2.1], [3.0, 3.1], [7.0, 0.0], [2.0, 5.0]])
    cases = {
        "vectors of one number": (table[:, :1], 2, 1, 3),
        "as many numbers as words": (torch.rand(6, 6, generator=rng), 2, 1, 3),
        "c nearest": (table, 0, 1, 2),
        "b nearest": (table, 2, 0, 1),
        "c nearest, far from the others": (table, 1, 0, 3),
        "a in the middle between b and c": (line, 1, 0, 2),
        "a in the middle, the other way round": (line, 1, 2, 0),
    }
    agree(student.analogy, reference.analogy, cases)
