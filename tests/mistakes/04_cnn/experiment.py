import os
import csv
from collections import namedtuple
from itertools import product
from pathlib import Path

from grader import mistake


@mistake("MC425", "Returns plain tuples", hint="`run.rate` must work: make a named tuple with the names of the settings.")
def make_runs(space):
    return list(product(*space.values()))


@mistake("MC426", "Lets the first setting change fastest", hint="In a product the last one changes fastest; do not turn the settings around.")
def make_runs(space):
    Run = namedtuple("Run", space)
    return [Run(*reversed(values)) for values in product(*reversed(list(space.values())))]


@mistake("MC427", "Pairs the values instead of combining them", hint="Every value of a setting meets every value of the others.")
def make_runs(space):
    Run = namedtuple("Run", space)
    return [Run(*values) for values in zip(*space.values())]


@mistake("MC428", "Calls the type something else", hint='The first argument of `namedtuple` is the name: "Run".')
def make_runs(space):
    Settings = namedtuple("Settings", space)
    return [Settings(*values) for values in product(*space.values())]


@mistake("MC429", "Writes the table in the end", hint="If something interrupts it, all is lost. Append each row as soon as its run is done.")
def experiment(runs, score, path):
    file, names, done = Path(path), runs[0]._fields, set()
    if file.exists():
        with file.open(newline="") as f:
            done = {tuple(row[n] for n in names) for row in csv.DictReader(f)}
    rows = []
    for run in runs:
        if tuple(map(str, run)) not in done:
            rows.append((run, score(run)))
    header = not file.exists()
    with file.open("a", newline="") as f:
        for run, results in rows:
            if header:
                csv.writer(f).writerow([*names, *results])
                header = False
            csv.writer(f).writerow([*run, *results.values()])
    return len(rows)


@mistake("MC430", "Does everything again", hint="What stands in the file is done: skip it. A file gives settings back as text; compare them as text.")
def experiment(runs, score, path):
    file, names = Path(path), runs[0]._fields
    for run in runs:
        results = score(run)
        header = not file.exists()
        with file.open("a", newline="") as f:
            if header:
                csv.writer(f).writerow([*names, *results])
            csv.writer(f).writerow([*run, *results.values()])
    return len(runs)


@mistake("MC432", "Skips as many runs as there are rows", hint="The file may hold other runs than the first ones. Compare the settings.")
def experiment(runs, score, path):
    file, names, known = Path(path), runs[0]._fields, 0
    if file.exists():
        with file.open(newline="") as f:
            known = len(list(csv.DictReader(f)))
    for run in runs[known:]:
        results = score(run)
        header = not file.exists()
        with file.open("a", newline="") as f:
            if header:
                csv.writer(f).writerow([*names, *results])
            csv.writer(f).writerow([*run, *results.values()])
    return len(runs[known:])


@mistake("MC433", "Overwrites the table", hint="The mode \"w\" empties a file; \"a\" appends to it.")
def experiment(runs, score, path):
    file, names, done, count = Path(path), runs[0]._fields, set(), 0
    if file.exists():
        with file.open(newline="") as f:
            done = {tuple(row[n] for n in names) for row in csv.DictReader(f)}
    fresh = [run for run in runs if tuple(map(str, run)) not in done]
    if not fresh:
        return 0
    with file.open("w", newline="") as f:
        for run in fresh:
            results = score(run)
            if not count:
                csv.writer(f).writerow([*names, *results])
            csv.writer(f).writerow([*run, *results.values()])
            f.flush()
            count += 1
    return count


@mistake("MC434", "Writes no header", hint="The first line says which column is what.")
def experiment(runs, score, path):
    file, done, count = Path(path), set(), 0
    width = len(runs[0])
    if file.exists():
        with file.open(newline="") as f:
            done = {tuple(row[:width]) for row in csv.reader(f)}
    for run in runs:
        if tuple(map(str, run)) in done:
            continue
        results = score(run)
        with file.open("a", newline="") as f:
            csv.writer(f).writerow([*run, *results.values()])
        count += 1
    return count


@mistake("MC435", "Writes the header each time it is called", hint="One header per file: only when there is no file yet.")
def experiment(runs, score, path):
    file, names, done, count = Path(path), runs[0]._fields, set(), 0
    if file.exists():
        with file.open(newline="") as f:
            done = {tuple(row[n] for n in names) for row in csv.DictReader(f)}
    for run in runs:
        if tuple(map(str, run)) in done:
            continue
        results = score(run)
        with file.open("a", newline="") as f:
            if not count:
                csv.writer(f).writerow([*names, *results])
            csv.writer(f).writerow([*run, *results.values()])
        count += 1
    return count


@mistake("MC436", "Splits lines at commas by hand", hint="A text may contain commas: the module csv puts it in quotes, and reads it back.")
def experiment(runs, score, path):
    file, names, done, count = Path(path), runs[0]._fields, set(), 0
    if file.exists():
        done = {tuple(line.split(",")[: len(names)]) for line in file.read_text().splitlines()}
    for run in runs:
        if tuple(map(str, run)) in done:
            continue
        results = score(run)
        header = not file.exists()
        with file.open("a", newline="") as f:
            if header:
                csv.writer(f).writerow([*names, *results])
            csv.writer(f).writerow([*run, *results.values()])
        count += 1
    return count


@mistake("MC437", "Swallows exceptions", hint="A run that fails must be seen: let the exception go through.")
def experiment(runs, score, path):
    file, names, done, count = Path(path), runs[0]._fields, set(), 0
    if file.exists():
        with file.open(newline="") as f:
            done = {tuple(row[n] for n in names) for row in csv.DictReader(f)}
    for run in runs:
        if tuple(map(str, run)) in done:
            continue
        try:
            results = score(run)
        except Exception:
            continue
        header = not file.exists()
        with file.open("a", newline="") as f:
            if header:
                csv.writer(f).writerow([*names, *results])
            csv.writer(f).writerow([*run, *results.values()])
        count += 1
    return count


@mistake("MC438", "Counts the rows of the file", hint="How many runs were done *now*.")
def experiment(runs, score, path):
    file, names, done = Path(path), runs[0]._fields, set()
    if file.exists():
        with file.open(newline="") as f:
            done = {tuple(row[n] for n in names) for row in csv.DictReader(f)}
    count = len(done)
    for run in runs:
        if tuple(map(str, run)) in done:
            continue
        results = score(run)
        header = not file.exists()
        with file.open("a", newline="") as f:
            if header:
                csv.writer(f).writerow([*names, *results])
            csv.writer(f).writerow([*run, *results.values()])
        count += 1
    return count


@mistake("MC439b", "Keeps the file open, and rows in its buffer", hint="What is written to a file reaches the disk when the file is closed, or flushed. A power cut does not wait for it.")
def experiment(runs, score, path):
    names, file = runs[0]._fields, Path(path)
    known = list(csv.DictReader(file.open(newline=""))) if file.exists() else []
    done = {tuple(row[name] for name in names) for row in known}
    new, count = not file.exists(), 0
    with file.open("a", newline="") as opened:
        writer = csv.writer(opened)
        for run in runs:
            if tuple(map(str, run)) in done:
                continue
            results = score(run)
            if new and count == 0:
                writer.writerow([*names, *results])
            writer.writerow([*run, *results.values()])
            count += 1
    return count


@mistake("MC639", "Opens the file before the first run is done", hint="If that run fails, an empty file stays behind, and the next call finds no header in it.")
def experiment(runs, score, path):
    new, done, keys = not os.path.exists(path), [], None
    if not new:
        with open(path, newline="") as f:
            done = [row[: len(runs[0])] for row in csv.reader(f)][1:]
        with open(path, newline="") as f:
            keys = next(csv.reader(f), [])[len(runs[0]) :]
    count = 0
    with open(path, "a", newline="") as f:
        writer = csv.writer(f)
        for run in runs:
            if [str(v) for v in run] not in done:
                result = score(run)
                if new:
                    keys, new = list(result), False
                    writer.writerow([*run._fields, *keys])
                writer.writerow([*run, *(result[key] for key in keys)])
                f.flush()
                count += 1
    return count


@mistake("MC783", "Joins the settings to one text", hint="\"A,small\" and \"fast\" give the same text as \"A\" and \"small,fast\". Compare setting by setting, as a tuple.")
def experiment(runs, score, path):
    done, count = set(), 0
    if Path(path).exists():
        with open(path, newline="") as f:
            done = {",".join(r[: len(runs[0])]) for r in list(csv.reader(f))[1:]}
    for run in runs:
        key = ",".join(map(str, run))
        if key in done:
            continue
        results = score(run)
        new = not Path(path).exists()
        with open(path, "a", newline="") as f:
            w = csv.writer(f)
            if new:
                w.writerow([*run._fields, *results])
            w.writerow([*run, *results.values()])
        done.add(key)
        count += 1
    return count


@mistake("MC784", "Compares settings without their spaces and capitals", hint="\"B\" and \"b\" are two texts, and two runs.")
def experiment(runs, score, path):
    def norm(v):
        return str(v).strip().lower()
    done, count = set(), 0
    if Path(path).exists():
        with open(path, newline="") as f:
            done = {tuple(map(norm, r[: len(runs[0])])) for r in list(csv.reader(f))[1:]}
    for run in runs:
        if tuple(map(norm, run)) in done:
            continue
        results = score(run)
        new = not Path(path).exists()
        with open(path, "a", newline="") as f:
            w = csv.writer(f)
            if new:
                w.writerow([*run._fields, *results])
            w.writerow([*run, *results.values()])
        count += 1
    return count


@mistake("MC785", "Rounds the results", hint="The table holds what `score` returned; whoever prints it rounds.")
def experiment(runs, score, path):
    done, count = set(), 0
    if Path(path).exists():
        with open(path, newline="") as f:
            done = {tuple(r[: len(runs[0])]) for r in list(csv.reader(f))[1:]}
    for run in runs:
        if tuple(map(str, run)) in done:
            continue
        results = score(run)
        new = not Path(path).exists()
        with open(path, "a", newline="") as f:
            w = csv.writer(f)
            if new:
                w.writerow([*run._fields, *results])
            w.writerow([*run, *(f"{v:.2f}" for v in results.values())])
        count += 1
    return count


@mistake("MC814", "Opens the file before a run is done", hint="If the first run fails, an empty file stays behind, and the next call takes it for a table with a header. Open it when there is a row to write.")
def experiment(runs, score, path):
    file, done, count = Path(path), set(), 0
    header = not file.exists()
    if not header:
        with file.open(newline="") as opened:
            done = {tuple(row[: len(runs[0])]) for row in list(csv.reader(opened))[1:]}
    for run in runs:
        if tuple(map(str, run)) in done:
            continue
        with file.open("a", newline="") as opened:
            writer, results = csv.writer(opened), score(run)
            if header:
                writer.writerow([*run._fields, *results])
                header = False
            writer.writerow([*run, *results.values()])
        count += 1
    return count


@mistake("MQ410", "Writes to another path where the name does not end in .csv", hint="The caller looks for the table under the very name that was given, whatever it ends in.")
def experiment(runs, score, path):
    file, names, known, count = Path(path).with_suffix(".csv"), runs[0]._fields, [], 0
    if file.exists():
        with file.open(newline="") as opened:
            known = list(csv.DictReader(opened))
    done = {tuple(row[name] for name in names) for row in known}
    for run in runs:
        if tuple(map(str, run)) not in done:
            results = score(run)
            new = not file.exists()
            with file.open("a", newline="") as opened:
                writer = csv.writer(opened)
                if new:
                    writer.writerow([*names, *results])
                writer.writerow([*run, *results.values()])
            count += 1
    return count


@mistake("MC887", "Compares settings as numbers", hint="Settings are compared as text: of two texts that stand for the same number each is a setting of its own.")
def experiment(runs, score, path):
    def key(values):
        found = []
        for value in map(str, values):
            try:
                found.append(float(value))
            except ValueError:
                found.append(value)
        return tuple(found)

    file, count, done = Path(path), 0, set()
    if file.exists():
        with file.open(newline="") as opened:
            done = {key(row[: len(runs[0])]) for row in list(csv.reader(opened))[1:]}
    for run in runs:
        if key(run) not in done:
            results = score(run)
            new = not file.exists()
            with file.open("a", newline="") as opened:
                writer = csv.writer(opened)
                if new:
                    writer.writerow([*run._fields, *results])
                writer.writerow([*run, *results.values()])
            count += 1
    return count
