"""Which definitions may carry something from one check to the next."""

from __future__ import annotations

import textwrap

import pytest

from grader.judge.state import may_remember

REMEMBERS = {
    "a list that is made once": "def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)",
    "a keyword that is made once": "def f(x, *, seen={}):\n    return seen.setdefault(x, len(seen))",
    "a call that is made once": "def f(x, seen=dict()):\n    return seen",
    "in a tuple": "def f(x, seen=(0, [])):\n    return seen",
    "a name of the module": "def f(x):\n    global count\n    count = x\n    return count",
    "a part of itself": "def f(x):\n    f.calls = getattr(f, 'calls', 0) + 1\n    return f.calls",
    "a part of itself, read": "def f(x):\n    return f.seen.append(x)",
    "a part of what is elsewhere": "def f(x):\n    TABLE[x] = 1\n    return TABLE",
    "a part of a part of what is elsewhere": "def f(x):\n    torch.last.value = x\n    return x",
    "part of what a call gives": "def f(x):\n    where()[0] = x\n    return x",
    "a part of what is elsewhere, deleted": "def f(x):\n    del TABLE[x]\n    return x",
    "part of its own name in another method": """
        class F:
            def one(self, table):
                table = {}
            def two(self, x):
                table[x] = 1
        """,
    "a cache": "@lru_cache\ndef f(x):\n    return x",
    "a cache that is called": "@functools.cache()\ndef f(x):\n    return x",
    "a list of the class": "class F:\n    seen = []\n    def one(self, x):\n        self.seen.append(x)",
    "a list of the class, with its kind": "class F:\n    seen: list = []\n",
    "a statement in the class": "class F:\n    for i in range(3):\n        seen = i\n",
    "a part of the class": "class F:\n    def one(self, x):\n        F.last = x",
    "a part of the class of what it is": "class F:\n    def one(self, x):\n        self.__class__.last = x",
    "a part of the kind of what it is": "class F:\n    def one(self, x):\n        type(self).last = x",
    "a class method": "class F:\n    @classmethod\n    def one(cls, x):\n        cls.last = x",
    "what a method is given when it is made": "class F:\n    def one(self, x, seen=[]):\n        return seen",
    "in a class inside": "class F:\n    class G:\n        seen = []\n",
    "by a name that is made": "def f(x):\n    setattr(torch, 'last', x)\n    return x",
    "by a name that is made, in a comparison": "def f(x):\n    return setattr(torch, 'last', x) is None",
    "by all names": "def f(x):\n    globals()['last'] = x\n    return x",
    "by what it is given when it is made": "def f(x):\n    return g.__defaults__",
    "a generator that waits": "def f(x, numbers=iter(range(9))):\n    return next(numbers)",
    "a part of itself under another name": "def f(x):\n    me = f\n    me.calls = x\n    return me.calls",
    "itself, given to another": "def f(x):\n    object.__setattr__(f, 'calls', x)\n    return update(f)",
    "itself, for a function inside": "def f(x):\n    def note(me=f):\n        me.calls = x\n    return note()",
    "a part of its class under another name": """
        class F:
            def one(self, x):
                kind = F
                kind.last = x
        """,
    "a class method that calls it otherwise": """
        class F:
            @classmethod
            def one(klass, x):
                klass.last = x
        """,
    "one that is made once": """
        class F:
            def __new__(kind):
                kind.one = object.__new__(kind)
                return kind.one
        """,
    "a class inside, changed": """
        class F:
            class state:
                total = 0
            def one(self, x):
                self.state.total += x
        """,
    "members of an enumeration": "class F(enum.IntEnum):\n    A = 1\n    def one(self, x):\n        self.last = x",
    "a base that is computed": """
        class F(namedtuple('F', ['rows'], defaults=[[]])):
            def one(self, x):
                self.rows.append(x)
        """,
    "a keyword of the class": "class F(metaclass=Made):\n    x = 1\n",
    "a part of a method": """
        class F:
            def helper(self):
                pass
            def one(self, x):
                self.helper.last = x
        """,
    "its class by a word": "class F:\n    def one(self, x):\n        getattr(self, '__class__').last = x",
    "the function of a method": "class F:\n    def one(self, x):\n        self.one.__func__.last = x",
    "its class, found by super": """
        class F:
            def one(self, x):
                s = super()
                s.__thisclass__.last = x
        """,
    "its kind, kept": "class F:\n    def one(self, x):\n        kind = type(self)\n        kind.last = x",
    "a function inside that is marked": "def f(x):\n    @cache\n    def g():\n        return x\n    return g",
}  # fmt: skip

FORGETS = {
    "nothing but a value": "def f(x):\n    return x + 1",
    "with values of its own": "def f(x, dim=-1, kind=torch.float32, pair=(1, 2), *, flag=True):\n    return x",
    "parts of its own values": "def f(x):\n    y = {}\n    y['a'] = x\n    x[0], y['b'] = 1, 2\n    return y",
    "parts of parts of its own values": "def f(model):\n    model.head.weight.data[0] = 0\n    return model",
    "a name of a loop": "def f(rows):\n    for row in rows:\n        row[0] = 1\n    return rows",
    "calls itself": "def f(n):\n    return n * f(n - 1) if n else 1",
    "a call of a method of its own value": "def f(t):\n    t.reshape(-1)[:] = 0\n    return t",
    "kinds, compared": "def f(x):\n    return x if type(x) is type(1) or type(x) in (int, str) else type(x).__name__",
    "another of the same kind": "def f(x):\n    return type(x)(x[0])",
    "reckoned when it is made": "def f(x, lr=1 / 255, pair=(2 * 3, -1)):\n    return x",
    "a class method that makes one": "class F:\n    @classmethod\n    def made(cls, x):\n        return cls(x)",
    "a class that asks whose it is": """
        class F:
            def one(self, x):
                return isinstance(x, F) and super(F, self)
        """,
    "without gradients": "@torch.no_grad()\ndef f(x):\n    return x",
    "in evaluation mode": "def f(model, x):\n    model.eval()\n    return model(x)",
    "a function inside": "def f(x):\n    def g(y, rows=[]):\n        return y + x\n    return g",
    "a module": """
        class F(nn.Module):
            '''A net.'''
            WIDTH = 3
            kind: str = "relu"
            depth: int

            def __init__(self, n):
                super(F, self).__init__()
                self.layers = nn.ModuleList([nn.Linear(n, n)])
                self.count = 0

            @property
            def size(self):
                return self.count

            @staticmethod
            def made(x):
                return F(x)

            def forward(self, x):
                self.count += 1
                return self.layers[0](x)
        """,
    "plain data": "@dataclass(frozen=True)\nclass F:\n    x: int = 0\n",
}


@pytest.mark.parametrize("source", REMEMBERS.values(), ids=REMEMBERS.keys())
def test_what_may_remember(source: str) -> None:
    assert may_remember(textwrap.dedent(source).strip())


@pytest.mark.parametrize("source", FORGETS.values(), ids=FORGETS.keys())
def test_what_forgets(source: str) -> None:
    assert not may_remember(textwrap.dedent(source).strip())
