"""Attacks as whole submissions, graded by the real command line: each gets exactly what it must, and nothing around
the class is seen, changed or left behind.

Every case of tests/attacks is run at the levels full and lite, as root and as an ordinary user, as far as this machine
can do that: every day at the strongest level as an ordinary user, the rest with the slow tests. Beside what every case
may say (see cases.py), `expected.toml` may hold

    unwalled     what the attack gets hold of where there are no walls: the proof that it is an attack
    lite         what it gets hold of at the level lite, where names of files show
    lite-root    the same, where root grades
    shows        texts that the student's page must contain
"""

from __future__ import annotations

import base64
import csv
import hashlib
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from cases import ROOT, TOY, Case, assert_grade, assert_said, cases_in, grade_cases
from ground import AS_ROOT, NOBODY, Ground, Outcome, as_shown, shown
from walls_here import BEST, PROBED

from grader.sandbox import linux
from grader.sandbox.policy import Level

pytestmark = [
    pytest.mark.skipif(not linux.LINUX, reason="the walls are made of Linux"),
    pytest.mark.timeout(900),
]

CASES = cases_in(ROOT / "tests" / "attacks")
READABLE = [case for case in CASES if "unreadable" not in case.expected]
UNWALLED = [case for case in CASES if "unwalled" in case.expected]
PICTURES = ("data:image/png;base64,iVBOR", "data:image/svg+xml;base64,")  # the latter in `img`: nothing in it runs
USERS = {"root": 0, "user": NOBODY} if AS_ROOT else {"user": 0}
EVERY_DAY = Level.FULL if BEST is Level.FULL else Level.LITE, "user"
SETTINGS = [
    pytest.param((level, user), id=f"{level.name.lower()}-{user}", marks=marks)
    for level in (Level.FULL, Level.LITE)
    for user in USERS
    for marks in [[] if (level, user) == EVERY_DAY else [pytest.mark.slow]]
]
WORKERS = "3"  # many attacks do nothing but wait for their limit
SLOWEST = 120.0  # seconds that one attack may take of a worker, on a busy machine
LARGEST = 2500  # megabytes of a process: a kernel that inherits 500 and may take 1000, or the judge of one
CONTROLS = ("\x1b", "\x07", "\x00", "\u202e", "\u2066")


def by_name(case: Case) -> str:
    return case.name


def grounds(uid: int) -> Iterator[Ground]:
    folder = Path(tempfile.mkdtemp(prefix="attack-", dir="/tmp"))  # a short path, for sockets
    folder.chmod(0o755)
    yield Ground(folder, uid)
    shutil.rmtree(folder)


@pytest.fixture(scope="module", params=SETTINGS)
def attacked(request: pytest.FixtureRequest) -> Iterator[Outcome]:
    """All attacks as one class, at one level and as one user."""
    level, user = request.param
    needed = {"system-call filter", "namespaces" if level is Level.FULL else "Landlock"}
    missing = [f"{m.name}: {m.detail}" for m in PROBED.missing if m.name in needed]
    if missing:
        pytest.skip(f"the level {level.name.lower()} is not available here: {'; '.join(missing)}")
    for ground in grounds(USERS[user]):
        yield ground.grade(CASES, "--walls", level.name.lower(), "-j", WORKERS)


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_exact_grade(case: Case, attacked: Outcome) -> None:
    """Wrong answers do not pass, right ones do, and nobody escapes being judged."""
    assert_grade(as_shown(case), attacked.graded)


@pytest.mark.parametrize("case", READABLE, ids=by_name)
def test_what_it_managed(case: Case, attacked: Outcome, request: pytest.FixtureRequest) -> None:
    """It tried, and got hold of nothing but what is known to be open at this level."""
    level, user = request.node.callspec.params["attacked"]
    open_ = [case.expected.get(key, []) for key in (level.name.lower(), f"{level.name.lower()}-{user}")]
    got, stopped = attacked.marks(case, "GOT:"), attacked.marks(case, "stopped:")
    assert got == set().union(*open_)
    assert not stopped or set(case.expected.get("unwalled", [])) <= got | stopped


@pytest.mark.parametrize("case", READABLE, ids=by_name)
def test_what_is_said(case: Case, attacked: Outcome) -> None:
    """Deaths and oddities are told, and markup is shown as what it is: text."""
    assert_said(as_shown(case), attacked.graded)
    for text in case.expected.get("shows", []):
        assert text in attacked.page(case)


def test_nobody_else_noticed(attacked: Outcome) -> None:
    """No file has changed or appeared, no process is left, nobody knocked at a door or touched the victim."""
    assert attacked.changed == []
    assert attacked.planted == []
    assert attacked.report["left"] == []
    assert attacked.victim == {"hits": [], "changed": []}


def test_no_secret_is_seen(attacked: Outcome) -> None:
    """Nothing that was planted is in the gradebook or on a page, except on those of its owner."""
    with sqlite3.connect(attacked.graded.out / "gradebook.db") as db:
        book = [line for line in db.iterdump() if "diary" not in line]
    diary = Path(attacked.graded.grades["diary"]["page"])
    pages = [
        path.read_text(encoding="utf-8") for path in attacked.graded.out.rglob("*.[hc]*") if path.name != diary.name
    ]
    for secret in attacked.ground.canaries.values():
        assert not any(secret in text for text in (*book, *pages, attacked.stderr))


def test_the_honest_one_gets_full_marks(attacked: Outcome) -> None:
    """The reference itself was graded among them; without it the rest would prove nothing."""
    assert attacked.graded.grades["diary"]["earned"] == attacked.graded.grades["diary"]["points"] == 10


def test_nobody_waits_for_it(attacked: Outcome) -> None:
    """No attack takes a worker for long, or its memory, or leaves much in the gradebook."""
    for case in READABLE:
        _, execution = attacked.graded.records[shown(case)]
        spent = execution["seconds"] + sum(check["seconds"] for check in attacked.graded.checks[shown(case)])
        assert spent < SLOWEST, case.name
        assert len(attacked.told(case)) < 12 << 20, case.name
    assert attacked.report["megabytes"] < LARGEST


class Page(HTMLParser):
    """What a page does beside showing text: its own script is known to its policy, its charts are pictures."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.active: list[str] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("iframe", "object", "embed", "base", "link") or (tag == "script" and attrs):
            self.active.append(tag)
        if tag == "svg" and ("role", "img") not in attrs:
            self.active.append(tag)
        for name, value in attrs:
            picture = tag == "img" and name == "src" and (value or "").startswith(PICTURES)
            if name.startswith("on") or (name in ("src", "srcdoc", "action") and not picture):
                self.active.append(f"{tag} {name}={value}")
            if name == "href" and ":" in (value or "") and not (value or "").startswith("data:text/plain;"):
                self.active.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.scripts.append(f"sha256-{base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()}")


def test_pages_show_text(attacked: Outcome) -> None:
    """No page runs, loads or links to anything, and none has a control character in it."""
    for path in attacked.graded.out.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        page = Page(text)
        assert page.active == [] and len(page.scripts) == 1 and f"script-src '{page.scripts[0]}'" in text
        assert "form-action 'none'" in text  # a request for another look is a file that the browser saves
        assert not any(control in text for control in CONTROLS)
        assert len(text) < 12 << 20


def test_tables_and_terminals_show_text(attacked: Outcome) -> None:
    """No cell of the table is a formula, no line of progress is more than one line, none commands a terminal."""
    text = (attacked.graded.out / "grades.csv").read_text(encoding="utf-8")
    cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
    assert not any(cell[:1] in tuple("=+-@\t\r") for cell in cells)
    assert not any(control in text + attacked.stderr for control in CONTROLS)
    lines = [line for line in attacked.stderr.splitlines() if line]
    assert [line.partition("/")[0] for line in lines] == [str(n + 1) for n in range(len(CASES) + 1)]


@pytest.mark.slow
def test_they_are_attacks() -> None:
    """Without walls those that do no harm get hold of all that they are after: else the rest would prove nothing."""
    for ground in grounds(0):
        outcome = ground.grade(UNWALLED, "--walls", "none")
        other = {case.name: outcome.marks(case, "GOT:") ^ set(case.expected["unwalled"]) for case in UNWALLED}
        assert {name: marks for name, marks in other.items() if marks} == {}
        assert set(outcome.victim["hits"]) >= {"TCP", "UDP", "a path", "an abstract name", "a signal"}
        assert outcome.victim["changed"] == ["priority", "processors", "limits"]


def test_slow_answers_do_not_add_up(tmp_path: Path) -> None:
    """Each answer comes in time; all together have a limit as well."""
    case = Case("slow", tmp_path)
    source = (TOY.parent / "all_right" / "notebook.py").read_text()
    (tmp_path / "notebook.py").write_text(source.replace("    return", "    import time; time.sleep(0.6)\n    return"))
    course = shutil.copytree(TOY, tmp_path / "course")
    table = course / "assignments" / "01_toy" / "assignment.toml"
    table.write_text(table.read_text().replace("check = 10", "check = 10\nquestions = 3"))
    checks = grade_cases([case], tmp_path / "class", course=course).checks["slow"]
    assert checks[0]["status"] == "passed"
    assert checks[-1]["message"] == "Answering all questions together was stopped after 3 s, its limit."
    assert checks[-1]["seconds"] < 1


# ---- among others

ANSWERS = {
    "double(t)": ("t * 2", "t + t", "t.mul_(2)", "t + 2", "t.nothing"),
    "root(t)": ("t.sqrt()", "t**0.5", "t**2", "None", "torch.sqrt(t)"),
    "mean_of(t)": ("t.double().mean().item()", "float(t.sum()) / t.numel()", "t.mean().item()", "t.double().mean()"),
    "flatten_images(batch)": ("batch.flatten(1)", "batch.reshape(len(batch), -1)", "batch.view(len(batch), -1)"),
    "rows_of_file(path)": (
        "[mean_of(torch.tensor(list(map(float, line.split(','))))) for line in open(path)]",
        "[mean_of(torch.tensor(list(map(float, line.split(','))))) for line in list(open(path))[1:]]",
    ),
}
ATTACKERS = (
    "a_fork_bomb", "answers_other_questions", "attacks_only_when_asked", "broken_jupyter_messages",
    "changes_attributes", "changes_its_input", "deaf_to_interrupts", "dumps_core", "fills_the_disk",
    "floods_its_output", "floods_the_judge", "leaves_something_behind", "patched_comparisons", "pokes_the_kernel",
    "replaces_the_oracle", "signals_others", "spoils_ipython", "spoils_its_folder", "takes_all_memory",
    "writes_outside",
)  # fmt: skip


def honest_cases(folder: Path) -> list[Case]:
    """Eighty students whose answers are right and wrong in their own ways."""
    dice, cases = random.Random(5), []
    for number in range(80):
        case = Case(f"s{number:02d}", folder / f"s{number:02d}")
        answers = [f"def {head}:\n    return {dice.choice(bodies)}" for head, bodies in ANSWERS.items()]
        case.folder.mkdir()
        (case.folder / "notebook.py").write_text("\n\n".join(f"# %%\n{text}" for text in ["import torch", *answers]))
        cases.append(case)
    return cases


@pytest.mark.slow
def test_a_class_of_a_hundred(tmp_path: Path) -> None:
    """Twenty attackers among them change nothing for eighty others: not a check, not a message, not a point."""
    honest, level = honest_cases(tmp_path), BEST.name.lower()
    attackers = [case for case in CASES if case.name in ATTACKERS]
    assert len(attackers) == len(ATTACKERS) == 20
    seen = []
    for cases in (honest, [*honest, *attackers]):
        for ground in grounds(0):
            graded = ground.grade(cases, "--walls", level).graded
            checks = {case.name: [{**c, "seconds": 0} for c in graded.checks[case.name]] for case in honest}
            seen.append((checks, {case.name: graded.grades[case.name]["earned"] for case in honest}))
    assert seen[0] == seen[1]
    assert len(set(seen[0][1].values())) >= 5, "else it would be a class of one student"
