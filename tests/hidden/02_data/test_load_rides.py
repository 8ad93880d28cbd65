import torch

from grader import probe

HEADER = (
    "instant,dteday,season,yr,mnth,hr,holiday,weekday,workingday,weathersit,temp,atemp,hum,windspeed,"
    "casual,registered,cnt"
)


@probe
def loaded(f, text, columns):
    import tempfile
    from pathlib import Path

    path = Path(tempfile.mkdtemp(dir="."), "rides.csv")
    path.write_text(text)
    table = f(str(path))
    return table[:, columns] if columns else table


def rides(rng, dates):
    numbers = torch.randint(0, 500, (len(dates), 16), generator=rng)
    numbers[:, 4] = torch.arange(len(dates)) % 24
    lines = [HEADER]
    for date, (first, *rest) in zip(dates, numbers.tolist(), strict=True):
        lines.append(",".join([str(first), date, *map(str, rest)]))
    days = torch.tensor([[float(date[8:10])] for date in dates])
    return "\n".join(lines) + "\n", torch.cat([numbers[:, :1].float(), days, numbers[:, 1:].float()], dim=1)


@probe
def reading(f, text):
    from pathlib import Path

    Path("to-read.csv").write_text(text)
    return [(f, "to-read.csv")]


def test_all_columns(student, same, run, untouched, rng):
    """Every row has its seventeen numbers, as float32."""
    text, due = rides(rng, ["2011-01-01", "2011-01-01", "2011-01-02"])
    same(run(loaded, student.load_rides, text, []), due, "For three rows")
    text, due = rides(rng, ["2011-01-05"] * 24 + ["2011-02-05"] * 24 + ["2012-01-05"] * 6)
    same(run(loaded, student.load_rides, text, []), due, "For 54 rows: three days, each the fifth of its month")
    untouched(student.load_rides, reading, text)


def test_day_of_the_month(student, same, run, rng):
    """Column 1 holds the day of the month, with one digit or two, whatever the month."""
    text, due = rides(rng, ["2012-12-07", "2012-10-31", "2013-02-19", "2013-11-20"])
    same(run(loaded, student.load_rides, text, [1, 4]), due[:, [1, 4]], "Columns 1 and 4 for days of four months")
