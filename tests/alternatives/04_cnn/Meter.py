from grader import alternative


@alternative("keeps every group")
class Meter:
    def __init__(self, name):
        self.name = name
        self._groups = []

    def add(self, value, n=1):
        self._groups.append((value, n))

    @property
    def _count(self):
        return sum(n for _, n in self._groups)

    def mean(self):
        return sum(v * n for v, n in self._groups) / max(self._count, 1) + 0.0

    def reset(self):
        self._groups = []

    def __repr__(self):
        return "%s: %.4f (%d samples)" % (self.name, self.mean(), self._count)


@alternative("a running mean")
class Meter:
    def __init__(self, name):
        self.name, self.m, self.n = name, 0.0, 0

    def add(self, value, n=1):
        self.n += n
        self.m += (value - self.m) * n / self.n

    def mean(self):
        return self.m

    def reset(self):
        self.__init__(self.name)

    def __repr__(self):
        return "{}: {:.4f} ({} samples)".format(self.name, self.m, self.n)
