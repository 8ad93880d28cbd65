from grader import probe


@probe
def done(make_runs, experiment):
    import tempfile
    from pathlib import Path

    runs = make_runs({"rate": [0.1, 0.01], "width": [8, 16]})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "runs.csv")
        counts = [experiment(runs[:2], lambda run: {"loss": run.rate * run.width}, str(path))]
        counts.append(experiment(runs[:3], lambda run: {"loss": run.rate * run.width}, str(path)))
        lines = path.read_text().split()
    return [tuple(run) for run in runs], counts, lines


PARTS = {"runs": "run: rate, width", "numbers of runs done": "call", "lines of the file": "line"}


def test_two_settings(student, same, run):
    """Four runs; two are done, then the third."""
    runs = [(0.1, 8), (0.1, 16), (0.01, 8), (0.01, 16)]
    lines = ["rate,width,loss", "0.1,8,0.8", "0.1,16,1.6", "0.01,8,0.08"]
    same(run(done, student.make_runs, student.experiment), (runs, [2, 1], lines), "Of four runs", parts=PARTS)
