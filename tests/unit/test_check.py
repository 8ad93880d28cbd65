"""`check` in a notebook: what it shows, and that it needs no more than a student has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from grader import __main__ as command
from grader.asking.words import a
from grader.errors import CourseError, UsageError
from grader.notebook.findings import Answer, Asker, Finding
from grader.notebook.handout import Handout, find_handout, read_handout
from grader.notebook.page import Line, as_html, as_text, lines, short, summary
from grader.notebook.public import load_tests
from grader.notebook.values import shown
from grader.records import Status

TOY = Path(__file__).parents[1] / "submissions" / "course" / "assignments" / "01_toy"
HIDING = Path(__file__).with_name("hiding.py")

CODE = """
import torch

def double(t):
    print("doubling")
    return t * 2

def root(t):
    return t / 0 * undefined
"""

Ask = Callable[..., Answer]
TABLE = '[[questions]]\nid = "double"\ntitle = "Twice"\ndefines = ["double", "root"]\n'


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    """Asks one public check of a handout that consists of it."""

    def ask(test: str, code: str = CODE, quiet: bool = False) -> Answer:
        (tmp_path / "public").mkdir(exist_ok=True)
        (tmp_path / "assignment.toml").write_text(TABLE)
        (tmp_path / "public" / "test_double.py").write_text(test)
        namespace: dict[str, Any] = {}
        exec(compile(code, "<cell>", "exec"), namespace)
        return Asker(read_handout(tmp_path), namespace, {"<cell>": 7}.get).ask("double", quiet=quiet)

    yield ask


DOUBLE = '''
import torch


def test_three(student, same):
    """Three numbers are doubled."""
    same(student.double(torch.arange(3.0)), torch.tensor([0.0, 2.0, 5.0]), "double([0, 1, 2])")
'''


def test_a_failure_says_what_was_called_came_and_was_expected(ask: Ask) -> None:
    """With shapes and dtypes, and the numbers of small tensors."""
    [finding] = ask(DOUBLE, quiet=True).findings
    assert finding.status is Status.FAILED and finding.message.startswith("double([0, 1, 2]): ")
    assert dict(finding.facts) == {
        "called": "double(tensor([0., 1., 2.]))",
        "came": "tensor([0., 2., 4.])  shape (3,), float32",
        "expected": "tensor([0., 2., 5.])  shape (3,), float32",
    }
    assert finding.printed == "doubling\n"


IN_PLACE = "def double(t): return t.mul_(2)"
BOTH = """
import torch
from grader import probe

@probe
def called(f):
    return f(1)

def test_it(student, same, run):
    'It doubles.'
    student.double(torch.tensor([1.0]))
    {then}
"""


@pytest.mark.parametrize(
    ("code", "then", "shown"),
    [
        (f"{IN_PLACE}\ndef root(t): return 1", "student.root(4.0)", "double(tensor([1.]))"),
        ("def double(t): return t * 2\n" + IN_PLACE.replace("double", "root"), "student.root(torch.ones(1))", "root("),
        ("def double(t): return t * 2\ndef root(t): return 3", "same(student.root(4.0), 2.0)", "root(4.0)"),
        ("def double(t): return t * 2\ndef root(t): return 3", "same(run(called, student.root), 2.0)", ""),
        ("def double(t): return t * 2", "student.root(4.0)", ""),
    ],
)
def test_the_call_that_is_shown_is_the_one_in_question(code: str, then: str, shown: str, ask: Ask) -> None:
    """Where a check asks two functions, the fault of one is not shown beside a call of the other."""
    [finding] = ask(BOTH.format(then=then), code).findings
    assert finding.status is Status.FAILED
    called = dict(finding.facts).get("called", "")
    assert called.startswith(shown) and bool(called) is bool(shown)


def test_what_the_students_code_prints_is_kept(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    """It goes where it would go without the check."""
    ask(DOUBLE)
    assert capsys.readouterr().out == "doubling\n"


def test_an_exception_has_its_cell_line_and_code(ask: Ask) -> None:
    """As the feedback page has it."""
    text = as_text(list(lines(ask(DOUBLE.replace("student.double", "student.root")))))
    assert "Your code raised NameError: name 'undefined' is not defined" in text
    assert "In [7], line 9, in root:" in text


USES = ("same(student.double(1), 2)", "run(called, student.double)", "pure(student.double, [(1,)])")


@pytest.mark.parametrize("use", USES)
def test_a_value_of_the_wrong_kind_is_named(use: str, ask: Ask) -> None:
    """`double = 5` is said to be an int, not left with a question mark."""
    word = use.partition("(")[0]
    test = f'''
from grader import probe

@probe
def called(f):
    return f(1)

def test_it(student, {word}):
    """It doubles."""
    {use}
'''
    [finding] = ask(test, "double = 5").findings
    assert finding.status is Status.FAILED and "int" in finding.message


@pytest.mark.parametrize(("raised", "said"), [("double", "This is"), ("root", "`root` is"), ("other", "Your code")])
def test_what_is_not_written_is_named(raised: str, said: str, ask: Ask) -> None:
    """Where a question defines two functions, it says which of them; another question's is an exception like any."""
    answer = ask(DOUBLE, f"def double(t): raise NotImplementedError({raised!r})")
    [finding] = answer.findings
    assert finding.status is Status.FAILED and finding.message.startswith(said)
    assert as_text([short(answer)])[0] == ("✗" if raised == "other" else "–")
    assert finding.message.endswith("not written yet.") is (raised != "other")


THREE = "3" if sys.version_info >= (3, 14) else "something else"  # older Pythons count no further than they must


@pytest.mark.parametrize(
    ("gives", "said"),
    [
        ("(t,)", "2 values were to come back, as in `return a, b`; 1 came."),
        ("(t, t, t)", f"2 values were to come back, as in `return a, b`; {THREE} came."),
        ("t", "2 values were to come back, as in `return a, b`; something else came."),
        ("None", "Several values were to come back, as in `return a, b`; nothing came: is there a `return`?"),
        ("5", "Several values were to come back, as in `return a, b`; one of type int came."),
    ],
)
def test_what_a_check_cannot_take_apart(gives: str, said: str, ask: Ask) -> None:
    """The check is not to blame: it can take apart what the reference gives."""
    use = "import torch\n\ndef test_it(student):\n    '''It works.'''\n    a, b = student.double(torch.ones(3))\n"
    [finding] = ask(use, f"def double(t): return {gives}").findings
    assert (finding.status, finding.message) == (Status.FAILED, said)


def test_a_check_that_takes_apart_wrongly_within_is_open(ask: Ask) -> None:
    """What fails below the check's own lines was not what came back."""
    use = "def test_it(student):\n    '''It works.'''\n    helper()\n\ndef helper():\n    a, b = [1]\n"
    assert ask(use).status is Status.UNJUDGED


@pytest.mark.parametrize(
    ("gives", "looks", "said"),
    [
        ("t[:1]", "[2]", "IndexError: index 2 is out of bounds for dimension 0 with size 1"),
        ("None", ".shape", "AttributeError: 'NoneType' object has no attribute 'shape'"),
        ("{}", "['sum']", "KeyError: 'sum'"),
        ("t.numpy()", ".clone()", "AttributeError: 'numpy.ndarray' object has no attribute 'clone'"),
    ],
)
def test_an_answer_of_another_form(gives: str, looks: str, said: str, ask: Ask) -> None:
    """The check took the answer for what it is not; it is not to blame, since the reference's has that form."""
    use = f"import torch\n\ndef test_it(student):\n    '''It works.'''\n    student.double(torch.ones(3)){looks}\n"
    [finding] = ask(use, f"def double(t): return {gives}").findings
    assert finding.status is Status.FAILED and f"another form than this check expects ({said})" in finding.message
    assert [label for label, _ in finding.facts] == ["called"]


def test_a_check_that_fails_itself_is_open(ask: Ask) -> None:
    """It is nobody's failure, and says what to show to whom."""
    answer = ask("def test_it(student):\n    '''It works.'''\n    [][1]\n")
    assert answer.status is Status.UNJUDGED
    assert "through no fault of yours" in as_text(list(lines(answer))) and "IndexError" in as_text([short(answer)])


def test_generators_of_the_notebook_stay_where_they_are(ask: Ask) -> None:
    """A check draws numbers, and the student's next draw is what it would have been."""
    torch.manual_seed(5)
    due = torch.rand(3)
    torch.manual_seed(5)
    ask("import torch\ndef test_it(rng):\n    '''It works.'''\n    torch.rand(9), torch.rand(9, generator=rng)\n")
    assert torch.equal(torch.rand(3), due)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def test_it(student, reference):\n    '''It works.'''", "there is no 'reference'"),
        ("def test_it(student):\n    pass", "no docstring"),
        (
            "import pytest\n@pytest.mark.parametrize('x', [1])\ndef test_it(x):\n    '''It works.'''",
            "not a plain function",
        ),
        ("class TestIt:\n    def test_it(self):\n        '''It works.'''", "tests in classes"),
        ("", "no test functions"),
        ("import nothing_of_this_name", "ModuleNotFoundError"),
    ],
)
def test_public_checks_use_what_a_student_has(source: str, said: str, tmp_path: Path) -> None:
    """What only pytest could run is refused, with what to do about it."""
    (tmp_path / "test_q.py").write_text(source)
    with pytest.raises(CourseError, match=said):
        load_tests(tmp_path, "q")


HANDOUT = Handout(Path(), "t", {"describe": "A", "four_ways": "B", "Network": "C"})


@pytest.mark.parametrize(
    ("id", "near"), [("descibe", "'describe'"), ("network", "'Network'"), ("zzz", "There are 'desc")]
)
def test_an_unknown_question_is_answered_with_the_nearest(id: str, near: str) -> None:
    """A typing error costs one look."""
    assert HANDOUT.nearest("describe") == "describe"
    with pytest.raises(UsageError, match=near):
        HANDOUT.nearest(id)


def test_a_handout_is_found_from_within(tmp_path: Path) -> None:
    """The nearest one; a broken one says so."""
    shutil.copytree(TOY, tmp_path / "toy")
    found = find_handout([tmp_path / "toy" / "data"])
    assert found is not None and next(iter(found.questions)) == "double"
    assert find_handout([tmp_path]) is None
    (tmp_path / "assignment.toml").write_text("questions = 5")
    with pytest.raises(CourseError, match="unpack the handout again"):
        find_handout([tmp_path])


FAILED = Finding("It <b>works</b>.", Status.FAILED, "No.", (("came", "a\nb"),), printed="<i>\n")


def test_text_and_html_say_the_same() -> None:
    """In the same words; what comes from code is escaped."""
    answer = Answer("q", "Title", (Finding("It runs.", Status.PASSED), FAILED))
    every = [*lines(answer), short(answer), summary([answer])]
    page = as_html(every)
    assert "<b>works</b>" not in page and "<i>" not in page and "It &lt;b&gt;works&lt;/b&gt;." in page
    words = re.sub("<[^>]+>", " ", page).replace("&lt;", "<").replace("&gt;", ">")
    assert words.replace("&quot;", '"').split() == as_text(every).split()
    assert "<progress" in as_html(every, (1, 2)) and "<progress" not in as_html(every, (2, 2))


def test_code_within_a_sentence_is_marked() -> None:
    """Names in a title, a promise or a message; what is code as a whole stays as it is."""
    assert as_html([Line("What `.to` gives, `a<b` and a lone `")]).endswith(
        "What <code>.to</code> gives, <code>a&lt;b</code> and a lone `</div></div>"
    )
    assert "`x`" in as_html([Line("`x`", code=True)])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (torch.zeros(100, 100), "shape (100, 100), float32"),
        (torch.tensor([1], dtype=torch.int8), "tensor([1])  shape (1,), int8"),
        ({"a": [torch.ones(2), (1,)], "b": torch.Size([2])}, "{'a': [tensor([1., 1.]), (1,)], 'b': torch.Size([2])}"),
        ([torch.ones(2, requires_grad=True)], "[tensor([1., 1.], requires_grad=True)]"),
        ([torch.ones(1, dtype=torch.uint8)], "[tensor([1], dtype=torch.uint8)]"),
        (set(), "set()"),
        ("x", "'x'"),
    ],
    ids=a,
)
def test_values_as_a_student_reads_them(value: Any, text: str) -> None:
    """Short, and as one would write them."""
    assert shown(value) == text


def test_long_values_are_cut() -> None:
    """However long, in a line or two."""
    assert len(shown(list(range(10_000)))) <= 400 and len(shown("x" * 10_000)) <= 400


@pytest.mark.parametrize("shell", ["none", "ipython"])
def test_it_needs_only_what_a_student_has(shell: str, tmp_path: Path) -> None:
    """With everything hidden that is not PyTorch, NumPy or Python's own on every system, in a handout alone."""
    shutil.copytree(TOY, tmp_path / "toy")
    environment = {**os.environ, "IPYTHONDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, str(HIDING), shell], cwd=tmp_path / "toy", env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "✓ double:" in done.stdout and "✗ root:" in done.stdout, done.stdout
    assert ("Did you mean 'double'?" in done.stdout) == (shell == "ipython")
    assert ("0 of 1 came as you predicted." in done.stdout) == (shell == "ipython")
    assert ("This cell uses your answer to `root`, which is not right yet" in done.stdout) == (shell == "ipython")


def test_the_command_works_on_every_system(tmp_path: Path) -> None:
    """`grader submit` with what Windows has not hidden from it; the kernel that it starts is the system's."""
    shutil.copytree(TOY, tmp_path / "toy")
    command = [sys.executable, str(HIDING), "cli"]
    done = subprocess.run(command, cwd=tmp_path / "toy", capture_output=True, text=True, timeout=300)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert "✓ double:" in done.stdout and "1 of 5 public checks passed." in done.stdout, done.stdout
    assert "Its receipt: " in done.stdout and (tmp_path / "toy" / "hand_in" / "mine.ipynb").is_file()


@pytest.mark.parametrize(
    ("hidden", "said"),
    [("typer", "-m pip install typer\n"), ("pydantic", "-m pip install pydantic\n"), ("fcntl", "use it in WSL\n")],
)
def test_a_command_says_what_it_needs(
    hidden: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, where PyTorch is there and the rest is not."""

    def run() -> None:
        raise ModuleNotFoundError(f"No module named {hidden!r}", name=f"{hidden}.inner")

    monkeypatch.setattr(command, "_run", run)
    monkeypatch.setattr(sys, "argv", ["grader", "doctor"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    told = capsys.readouterr().err
    assert ended.value.code == 2 and told.startswith("grader: ") and told.endswith(said) and told.count("\n") == 1
