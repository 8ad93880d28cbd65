from grader import mistake


@mistake("MC220", "Averages groups instead of samples", hint="A group of 7 counts as much as one of 64, then. Weight each mean by its n.")
class Meter:
    def __init__(self, name):
        self.name = name
        self.reset()

    def add(self, value, n=1):
        self.total += value
        self.groups += 1
        self.count += n

    def mean(self):
        return self.total / self.groups if self.groups else 0.0

    def reset(self):
        self.total, self.groups, self.count = 0.0, 0, 0

    def __repr__(self):
        return f"{self.name}: {self.mean():.4f} ({self.count} samples)"


@mistake("MC221", "Keeps the data in the class", hint="What stands in the body of the class belongs to all meters at once. Give each object its own, as attributes of `self`.")
class Meter:
    groups = []

    def __init__(self, name):
        self.name = name

    def add(self, value, n=1):
        self.groups.append((value, n))

    def mean(self):
        count = sum(n for _, n in self.groups)
        return sum(v * n for v, n in self.groups) / count if count else 0.0

    def reset(self):
        self.groups.clear()

    def __repr__(self):
        return f"{self.name}: {self.mean():.4f} ({sum(n for _, n in self.groups)} samples)"


@mistake("MC222", "Divides by zero when nothing was added", hint="Without samples the mean is 0.0.")
class Meter:
    def __init__(self, name):
        self.name = name
        self.reset()

    def add(self, value, n=1):
        self.total += value * n
        self.count += n

    def mean(self):
        return self.total / self.count

    def reset(self):
        self.total, self.count = 0.0, 0

    def __repr__(self):
        return f"{self.name}: {self.mean():.4f} ({self.count} samples)"


@mistake("MC223", "Resets the sum, and not the number of samples", hint="`reset` forgets all samples: both numbers begin at 0.")
class Meter:
    def __init__(self, name):
        self.name = name
        self.total, self.count = 0.0, 0

    def add(self, value, n=1):
        self.total += value * n
        self.count += n

    def mean(self):
        return self.total / self.count if self.count else 0.0

    def reset(self):
        self.total = 0.0

    def __repr__(self):
        return f"{self.name}: {self.mean():.4f} ({self.count} samples)"


@mistake("MC224", "Has no `__repr__`", hint="`__repr__` returns the text that `print` shows.")
class Meter:
    def __init__(self, name):
        self.name = name
        self.reset()

    def add(self, value, n=1):
        self.total += value * n
        self.count += n

    def mean(self):
        return self.total / self.count if self.count else 0.0

    def reset(self):
        self.total, self.count = 0.0, 0


@mistake("MC225", "Prints the mean unrounded", hint="Four decimals, also when they are zeros: look for the format `.4f`.")
class Meter:
    def __init__(self, name):
        self.name = name
        self.reset()

    def add(self, value, n=1):
        self.total += value * n
        self.count += n

    def mean(self):
        return self.total / self.count if self.count else 0.0

    def reset(self):
        self.total, self.count = 0.0, 0

    def __repr__(self):
        return f"{self.name}: {round(self.mean(), 4)} ({self.count} samples)"


@mistake("MC226", "Forgets the name in `reset`", hint="Only the samples are forgotten; the name stays.")
class Meter:
    def __init__(self, name):
        self.reset()
        self.name = name

    def add(self, value, n=1):
        self.total += value * n
        self.count += n

    def mean(self):
        return self.total / self.count if self.count else 0.0

    def reset(self):
        self.name, self.total, self.count = "", 0.0, 0

    def __repr__(self):
        return f"{self.name}: {self.mean():.4f} ({self.count} samples)"


@mistake("MC640", "Says `sample` for a single one", hint="The text asks for the word `samples` always.")
class Meter:
    def __init__(self, name):
        self.name, self.total, self.n = name, 0.0, 0

    def add(self, value, n=1):
        self.total += value * n
        self.n += n

    def mean(self):
        return self.total / self.n if self.n > 0 else 0.0

    def reset(self):
        self.__init__(self.name)

    def __repr__(self):
        word = "sample" if self.n == 1 else "samples"
        return f"{self.name}: {self.mean():.4f} ({self.n} {word})"


@mistake("MC709", "Prints the number of groups", hint="A group of four samples counts as four in the printed number, too.")
class Meter:
    def __init__(self, name):
        self.name = name
        self.reset()
    def add(self, value, n=1):
        self.total += value * n
        self.samples += n
        self.groups += 1
    def mean(self):
        return self.total / self.samples if self.samples else 0.0
    def reset(self):
        self.total, self.samples, self.groups = 0.0, 0, 0
    def __repr__(self):
        return f"{self.name}: {self.mean():.4f} ({self.groups} samples)"


@mistake("MC710", "Passes over groups whose mean is 0", hint="A group with the mean 0 has samples as well: `if not value` takes 0 for nothing.")
class Meter:
    def __init__(self, name):
        self.name, self.total, self.count = name, 0.0, 0
    def add(self, value, n=1):
        if not value:
            return
        self.total += value * n
        self.count += n
    def mean(self):
        return self.total / self.count if self.count else 0.0
    def reset(self):
        self.total, self.count = 0.0, 0
    def __repr__(self):
        return f"{self.name}: {self.mean():.4f} ({self.count} samples)"


@mistake("MC711", "Rounds the mean that it returns", hint="Four decimals are for what is printed; `mean` gives the number as it is.")
class Meter:
    def __init__(self, name):
        self.name, self.total, self.count = name, 0.0, 0
    def add(self, value, n=1):
        self.total += value * n
        self.count += n
    def mean(self):
        return round(self.total / max(self.count, 1), 4)
    def reset(self):
        self.total, self.count = 0.0, 0
    def __repr__(self):
        return f"{self.name}: {self.mean():.4f} ({self.count} samples)"


@mistake("MC712", "Moves the mean half way to each new group", hint="Every sample counts the same, early or late: keep the sum and the number of samples.")
class Meter:
    def __init__(self, name):
        self.name, self.average, self.count = name, 0.0, 0
    def add(self, value, n=1):
        self.average = (self.average * self.count + value * n) / (self.count + n) if self.count < n else (self.average + value) / 2
        self.count += n
    def mean(self):
        return float(self.average)
    def reset(self):
        self.average, self.count = 0.0, 0
    def __repr__(self):
        return f"{self.name}: {self.mean():.4f} ({self.count} samples)"
