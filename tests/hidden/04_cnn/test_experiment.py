from grader import probe


def described(make_runs, spaces):
    return [
        [(type(run).__name__, run._fields, dict(zip(run._fields, run, strict=True))) for run in make_runs(space)]
        for space in spaces
    ]


@probe
def run_calls(make_runs):
    return [(make_runs, {"rate": [0.1, 0.01], "width": [8, 16]})]


def test_runs(student, reference, same, run, untouched):
    """All combinations as named tuples of the type Run; the last setting changes fastest."""
    spaces = [
        {"rate": [0.1, 0.01], "width": [8, 16, 32], "kind": ["A", "B"]},
        {"epochs": [3]},
        {"dropout": [0.0, 0.5], "flip": [True, False]},
    ]
    due = described(reference.make_runs, spaces)
    same(
        run(probe(described), student.make_runs, spaces),
        due,
        "The runs of three spaces",
        parts="space: run: name of its type, names of its settings, settings",
    )
    untouched(student.make_runs, run_calls)


@probe
def table(experiment, fields, values, steps):
    import csv
    import tempfile
    from collections import namedtuple
    from pathlib import Path

    path = Path(tempfile.mkdtemp(dir="."), "runs")
    Run = namedtuple("Run", fields)
    runs = [Run(*v) for v in values]
    asked, counts = [], []

    def score(run):
        asked.append(tuple(run))
        return {"loss": 2.5 * len(asked), "accuracy": 1 / len(asked)}

    def now():
        state = torch.get_rng_state().tolist()  # noqa: F821
        return state, sorted(file.name for file in Path().iterdir())

    before = now()
    for step in steps:
        given = [runs[i] for i in step]
        counts.append(experiment(given, score, str(path)))
        if given != [runs[i] for i in step]:
            counts.append("the list of runs is changed")
    if now() != before or len(list(path.parent.iterdir())) > 1:
        counts.append("more than the table is changed")
    rows = list(csv.reader(path.read_text().splitlines())) if path.exists() else []
    return {"asked": asked, "counts": counts, "rows": rows}


RUNS = ("rate", "width"), [(0.1, 8), (0.1, 16), (0.01, 8), (0.01, 16)]


def test_table(student, same, run):
    """A header, and a row for each run: settings, then results."""
    due = {
        "asked": [(0.1, 8), (0.1, 16)],
        "counts": [2],
        "rows": [["rate", "width", "loss", "accuracy"], ["0.1", "8", "2.5", "1.0"], ["0.1", "16", "5.0", "0.5"]],
    }
    same(
        run(table, student.experiment, *RUNS, [[0, 1]]),
        due,
        "Two runs",
        parts={"asked": "run: first setting, second setting", "counts": "call", "rows": "line"},
    )


def test_goes_on(student, same, run):
    """Runs that are in the file are not done again, whatever their order; others are added."""
    due = {
        "asked": [(0.01, 8), (0.1, 8), (0.01, 16), (0.1, 16)],
        "counts": [1, 2, 0, 1],
        "rows": [
            ["rate", "width", "loss", "accuracy"],
            ["0.01", "8", "2.5", "1.0"],
            ["0.1", "8", "5.0", "0.5"],
            ["0.01", "16", "7.5", str(1 / 3)],
            ["0.1", "16", "10.0", "0.25"],
        ],
    }
    found = run(table, student.experiment, *RUNS, [[2], [0, 2, 3], [3, 0], [0, 1, 2, 3]])
    same(
        found,
        due,
        "Four times, with other runs",
        parts={"asked": "run: first setting, second setting", "counts": "call", "rows": "line"},
    )


def test_text(student, same, run):
    """Settings may be texts, with commas in them, and truth values."""
    runs = [("A, small", True), ("B", False), ("b", False)]
    found = run(table, student.experiment, ("kind", "flip"), runs, [[0], [0, 1], [1, 0, 2]])
    due = {
        "asked": runs,
        "counts": [1, 1, 1],
        "rows": [
            ["kind", "flip", "loss", "accuracy"],
            ["A, small", "True", "2.5", "1.0"],
            ["B", "False", "5.0", "0.5"],
            ["b", "False", "7.5", str(1 / 3)],
        ],
    }
    same(
        found,
        due,
        "Three times",
        parts={"asked": "run: first setting, second setting", "counts": "call", "rows": "line"},
    )


def test_settings_apart(student, same, run):
    """Two runs are the same only if each of their settings is."""
    runs = [
        ("A,small", "fast"),
        ("A", "small,fast"),
        ("A", " small,fast"),
        ("1000", "1"),
        ("1e3", "1"),
        ("1000", "1.0"),
    ]
    found = run(table, student.experiment, ("kind", "how"), runs, [[*range(n)] for n in range(1, 7)])
    same(
        (found["asked"], found["counts"]) if isinstance(found, dict) else found,
        (runs, [1] * 6),
        "Six times",
        parts={"asked": "run: first setting, second setting", "counts": "call"},
    )


@probe
def interrupted(experiment):
    import tempfile
    from collections import namedtuple
    from pathlib import Path

    path = Path(tempfile.mkdtemp(dir="."), "runs.csv")
    Run = namedtuple("Run", ["width"])

    known = []

    def score(run):
        known.append(len(path.read_text().split()) if path.exists() else 0)
        if run.width == 3:
            raise KeyError("interrupted")
        return {"loss": float(run.width)}

    try:
        experiment([Run(w) for w in (1, 2, 3, 4)], score, str(path))
        raised = False
    except KeyError:
        raised = True
    return {
        "the exception went through": raised,
        "lines": path.read_text().split() if path.exists() else [],
        "lines while each run is done": known,
    }


@probe
def begun_again(experiment):
    import csv
    import tempfile
    from collections import namedtuple
    from pathlib import Path

    path = Path(tempfile.mkdtemp(dir="."), "runs.csv")
    Run = namedtuple("Run", ["width"])
    fails = [True]

    def score(run):
        if fails.pop() if fails else False:
            raise KeyError("interrupted")
        return {"loss": float(run.width)}

    try:
        experiment([Run(1), Run(2)], score, str(path))
        raised = False
    except KeyError:
        raised = True
    count = experiment([Run(1), Run(2)], score, str(path))
    rows = list(csv.reader(path.read_text().splitlines())) if path.exists() else []
    return {"the exception went through": raised, "done in the second call": count, "rows": rows}


def test_first_run_fails(student, same, run):
    """If the very first run fails, the next call makes a whole table all the same."""
    due = {
        "the exception went through": True,
        "done in the second call": 2,
        "rows": [["width", "loss"], ["1", "1.0"], ["2", "2.0"]],
    }
    same(run(begun_again, student.experiment), due, "When the first run fails, and then works", parts={"rows": "line"})


def test_interrupted(student, same, run):
    """An exception goes through; each row is in the file before the next run begins."""
    due = {
        "the exception went through": True,
        "lines": ["width,loss", "1,1.0", "2,2.0"],
        "lines while each run is done": [0, 2, 3],
    }
    parts = {"lines": "line", "lines while each run is done": "run"}
    same(run(interrupted, student.experiment), due, "When the third run fails", parts=parts)
