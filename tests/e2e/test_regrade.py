"""Regrading by question: what is asked again, whose grade moves, what stays, and what is kept of before."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cases import TOY, Case, grader, hand_in, notebook_of

from grader.gradebook.store import Gradebook
from grader.running.pool import Pool

NAMES = ("all_right", "forgets_whole_numbers", "returns_none", "call_kills_the_kernel", "syntax_error")
BEFORE = {
    "all_right": 10.0,
    "forgets_whole_numbers": 8.0,
    "returns_none": 8.0,
    "call_kills_the_kernel": 8.0,
    "syntax_error": 8.0,
}
WHOLE_NUMBERS = ", (torch.arange(5),)"
NO_WHOLE_NUMBERS = ", (torch.rand(2, generator=rng),)"
Said = dict[str, Any]


@dataclass(frozen=True)
class Term:
    """A course that can be edited, a class, and its grades."""

    course: Path
    handed: Path
    out: Path

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.course / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def run(self, *options: object, out: Path | None = None) -> Said:
        done = grader("run", self.handed, "--out", out or self.out, "--json", *options, course=self.course)
        assert done.returncode in (0, 3), done.stderr
        said: Said = json.loads(done.stdout)
        return said


def hidden(question: str) -> str:
    return f"tests/hidden/01_toy/test_{question}.py"


def earned(said: Said) -> dict[str, float]:
    return {grade["student"]["name"]: grade["earned"] for grade in said["grades"]}


def asked(said: Said) -> dict[str, list[str] | None]:
    """What each student was asked; [] for everything, None for nothing."""
    return {grade["student"]["name"]: grade["asked"] if grade["fresh"] else None for grade in said["grades"]}


def all_of(*questions: str) -> dict[str, list[str] | None]:
    """Everybody was asked these."""
    return {name: list(questions) for name in NAMES}


def standing(out: Path) -> dict[str, Any]:
    """What counts for everybody, without times: verdicts, and what their pages say of the run."""
    with sqlite3.connect(out / "gradebook.db") as db:
        rows = db.execute(
            "SELECT t.student, e.suite, e.record, c.record FROM standings t JOIN executions e ON e.id = t.execution "
            "JOIN checks c ON c.execution = e.id ORDER BY t.student, c.position"
        ).fetchall()
    found: dict[str, Any] = {}
    for student, suite, execution, check in rows:
        ran = json.loads(execution)
        what = found.setdefault(student, [suite, ran["deaths"], ran["notes"], []])
        what[-1].append({**json.loads(check), "seconds": 0})
    return found


def kernels(out: Path) -> set[int]:
    """How many were started for what counts for each student, different numbers once."""
    with sqlite3.connect(out / "gradebook.db") as db:
        rows = db.execute(
            "SELECT json_extract(e.evidence, '$.kernels') FROM standings t JOIN executions e ON e.id = t.execution"
        )
        return {number for (number,) in rows}


def grades(out: Path) -> list[tuple[str, str]]:
    """The grade that counts for everybody, to the byte."""
    with sqlite3.connect(out / "gradebook.db") as db:
        return db.execute(
            "SELECT t.student, g.record FROM standings t JOIN grades g ON g.execution = t.execution ORDER BY t.student"
        ).fetchall()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Term:
    """The class as it was graded once; nobody writes here."""
    home = tmp_path_factory.mktemp("term")
    term = Term(shutil.copytree(TOY, home / "course"), home / "class", home / "grades")
    for name in NAMES:
        hand_in(Case(name, TOY.parent / name), term.handed)
    assert earned(term.run()) == BEFORE
    return term


@pytest.fixture
def term(first: Term, tmp_path: Path) -> Term:
    """The term, to go on from."""
    return Term(
        shutil.copytree(first.course, tmp_path / "course"), first.handed, shutil.copytree(first.out, tmp_path / "out")
    )


def test_an_edited_check_is_asked_again_and_nothing_else(term: Term, tmp_path: Path) -> None:
    """Everybody is asked that question; the result is the one that a first run would give, and the old one is kept."""
    term.edit(hidden("double"), WHOLE_NUMBERS, NO_WHOLE_NUMBERS)
    said = term.run()
    assert asked(said) == all_of("double")
    assert earned(said) == {**BEFORE, "forgets_whole_numbers": 10.0}
    assert said["moves"] == [
        {
            "student": said["moves"][0]["student"],
            "assignment": "01_toy",
            "before": 8.0,
            "after": 10.0,
            "another_notebook": False,
            "questions": [{"question": "double", "before": 0.0, "after": 2.0, "why": ""}],
        }
    ]
    assert said["moves"][0]["student"]["name"] == "forgets_whole_numbers"
    assert min(kernels(term.out)) > 0, "other inputs: only a kernel can tell"
    term.run(out=tmp_path / "fresh")
    assert standing(term.out) == standing(tmp_path / "fresh")
    (page,) = (term.out / "students").glob("forgets*.html")
    assert ">10<" in page.read_text(encoding="utf-8") or "10 of 10" in page.read_text(encoding="utf-8")

    again = term.run()
    assert set(asked(again).values()) == {None} and not again["moves"]
    term.edit(hidden("double"), NO_WHOLE_NUMBERS, WHOLE_NUMBERS)
    back = term.run()
    assert set(asked(back).values()) == {None}, "what was judged before is still there"
    assert earned(back) == BEFORE and [move["after"] for move in back["moves"]] == [8.0]


def test_a_corrected_value_needs_no_kernel(term: Term, tmp_path: Path) -> None:
    """What is asked was asked before: what was answered then is judged, and gives what a first run gives."""
    assert min(kernels(term.out)) > 0
    term.edit(hidden("rows_of_file"), "[1.5, 6.5]", "[1.5, 6.0]")
    said = term.run()
    assert asked(said) == all_of("rows_of_file") and kernels(term.out) == {0}
    assert earned(said) == {name: points - 1 for name, points in BEFORE.items()}
    assert {(move["student"]["name"], move["before"] - move["after"]) for move in said["moves"]} == {
        (name, 1.0) for name in NAMES
    }
    term.run(out=tmp_path / "fresh")
    assert standing(term.out) == standing(tmp_path / "fresh") and grades(term.out) == grades(tmp_path / "fresh")
    done = grader("history", "all_right", "--out", term.out, course=term.course)
    assert "10/10" in done.stdout and "9/10" in done.stdout

    term.edit(hidden("rows_of_file"), "[1.5, 6.0]", "[1.5, 7.0]")
    assert term.run()["moves"] == [] and kernels(term.out) == {0}, "what was kept is still there"


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many notebooks workers were given, each time."""
    answer, given = Pool.answer, list[int]()

    def counted(self: Pool, orders: Any, *more: Any) -> Any:
        given.append(len(orders))
        return answer(self, orders, *more)

    monkeypatch.setattr(Pool, "answer", counted)
    return given


@pytest.mark.parametrize(
    ("question", "judged"),
    [
        pytest.param("rows_of_file", 1, marks=pytest.mark.slow),  # everybody's answer is the same
        pytest.param("double", 2, marks=pytest.mark.slow),
        pytest.param("flatten_images", 2, marks=pytest.mark.slow),
        ("root", 3),  # one has killed its kernel, one is not defined
    ],
)
def test_what_was_answered_alike_is_judged_once(
    question: str, judged: int, term: Term, orders: list[int], tmp_path: Path
) -> None:
    """And everybody has what a first run gives, told of their own notebook."""
    path = term.course / hidden(question)
    path.write_text(path.read_text(encoding="utf-8") + "\n# a thought\n", encoding="utf-8")
    said = term.run()
    assert asked(said) == all_of(question) and not said["moves"]
    assert orders[0] == judged, "of kernels that have answered the same, the first"
    del orders[:]
    term.run(out=tmp_path / "fresh")
    assert standing(term.out) == standing(tmp_path / "fresh") and grades(term.out) == grades(tmp_path / "fresh")


def test_a_wrong_value_that_all_failed_for_needs_no_kernel(term: Term, tmp_path: Path) -> None:
    """A check that fails at its first case asks the others for the record: the corrected one is judged by that."""
    term.edit(hidden("double"), "reference.double", "lambda t: t * 3")
    wrong, fresh = tmp_path / "wrong", tmp_path / "fresh"
    assert earned(term.run(out=wrong))["all_right"] < 10 and min(kernels(wrong)) > 0
    term.edit(hidden("double"), "lambda t: t * 3", "lambda t: t + t")
    assert earned(term.run(out=wrong)) == BEFORE
    assert kernels(wrong) == {0}
    term.run(out=fresh)
    assert standing(wrong) == standing(fresh) and grades(wrong) == grades(fresh)


def test_where_only_a_kernel_can_tell_all_are_asked(term: Term, orders: list[int]) -> None:
    """One is tried for all whose kernels have answered the same; then those are given to kernels, too."""
    term.edit(hidden("rows_of_file"), "1,2\\n5,8\\n", "1,2\\n5,9\\n")
    term.run()
    assert orders == [1, 4] and min(kernels(term.out)) > 0


def test_what_is_heard_again_rests_on_the_same_files(term: Term) -> None:
    """Other data beside the notebooks: what was answered before is no answer now."""
    term.edit("assignments/01_toy/data/table.csv", "7,8,10", "7,8,12")
    assert asked(term.run()) == {name: [] for name in NAMES}
    assert min(kernels(term.out)) > 0


def test_the_terminal_says_who_moved(term: Term) -> None:
    """By how much, and because of which question; `unchanged` stands beside no grade that changed."""
    term.edit(hidden("double"), WHOLE_NUMBERS, NO_WHOLE_NUMBERS)
    done = grader("run", term.handed, "--out", term.out, course=term.course)
    lines = done.stdout.splitlines()
    assert "asked again: double of 01_toy, in 5 notebooks" in lines
    assert "moved: forgets_whole_numbers 01_toy: 8/10 to 10/10 (+2: double +2)" in lines
    assert "moved: 1 up, 0 down" in lines
    table = "assignments/01_toy/assignment.toml"
    term.edit(table, 'points = 2\nguards = ["test_new"]', 'points = 3\nguards = ["test_new"]')
    lines = grader("run", term.handed, "--out", term.out, course=term.course).stdout.splitlines()
    assert not [line for line in lines if "unchanged" in line or "asked again" in line]
    assert "moved: all_right 01_toy: 10/10 to 11/11 (+1: double +1 (worth 3 now))" in lines
    assert "moved: syntax_error 01_toy: 8/10 to 9/11 (+1: double +1 (worth 3 now))" in lines
    assert "moved: 5 up, 0 down" in lines
    lines = grader("run", term.handed, "--out", term.out, course=term.course).stdout.splitlines()
    assert len([line for line in lines if line.endswith("unchanged")]) == 5
    assert not [line for line in lines if line.startswith("moved")]


def test_a_reference_and_those_that_use_it(term: Term) -> None:
    """A changed cell of the reference concerns its question, and those whose code calls it."""
    term.edit("solutions/01_toy.py", "t.double().mean().item()", "t.double().mean().item() + 1")
    said = term.run()
    assert asked(said) == all_of("mean_of", "rows_of_file")
    assert earned(said)["all_right"] == 7.0, "that a missing file raises is still so"
    assert {question["question"] for move in said["moves"] for question in move["questions"]} == {
        "mean_of",
        "rows_of_file",
    }


def test_stopped_in_the_middle(term: Term, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was asked again stays so; the others keep what they had until they are asked, by the next run."""
    term.edit(hidden("double"), WHOLE_NUMBERS, NO_WHOLE_NUMBERS)
    record, written = Gradebook.record, list[str]()

    def stop(self: Gradebook, run: int, result: Any, *arguments: Any, **more: Any) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        record(self, run, result, *arguments, **more)
        written.append(result.submission.student.name)

    with monkeypatch.context() as patch:
        patch.setattr(Gradebook, "record", stop)
        assert grader("run", term.handed, "--out", term.out, course=term.course).returncode == 130
    assert {name: len(checks) for name, (*_, checks) in standing(term.out).items()} == dict.fromkeys(NAMES, 10)
    said = term.run()
    assert asked(said) == {name: None if name in written else ["double"] for name in NAMES}
    assert earned(said) == {**BEFORE, "forgets_whole_numbers": 10.0}
    term.run(out=tmp_path / "fresh")
    assert standing(term.out) == standing(tmp_path / "fresh")


def test_only_what_is_unjudged_is_asked_again(term: Term, tmp_path: Path) -> None:
    """The question of a check that tripped over something of ours, until it is judged."""
    fault = tmp_path / "fault"
    fault.write_text("")
    term.edit(
        hidden("root"),
        "import torch\n",
        f"import torch\nfrom pathlib import Path\n\ndef test_disk(student):\n"
        f'    """There is a disk."""\n    if Path({str(fault)!r}).exists():\n        raise OSError("the disk")\n'
        f"    assert student.root(torch.ones(1)) == 1\n",
    )
    for _ in range(2):
        said = term.run()
        assert asked(said) == all_of("root")
        assert {grade["status"] for grade in said["grades"]} == {"unjudged"}
    fault.unlink()
    said = term.run()
    assert asked(said) == all_of("root") and earned(said)["all_right"] == 10.0
    assert {grade["status"] for grade in said["grades"]} == {"complete", "partial"}
    assert len(said["moves"]) == len(NAMES), "who was unjudged and is not any more has moved"


@pytest.mark.parametrize("option", ["", "--force", "--seed"])
def test_everything_is_asked_where_everything_may_differ(option: str, term: Term) -> None:
    """Another notebook, another seed, or when it is insisted on."""
    handed = shutil.copytree(term.handed / "returns_none", term.out.parent / "class" / "returns_none")
    notebook = handed / "notebook.ipynb"
    if not option:
        notebook.write_text(notebook.read_text().replace("    batch.flatten(1)", "    return batch.flatten(1)"))
    term.edit(hidden("double"), WHOLE_NUMBERS, NO_WHOLE_NUMBERS)
    said = Term(term.course, handed.parent, term.out).run(*{"": [], "--seed": ["--seed", 1]}.get(option, [option]))
    assert asked(said) == {name: [] if name == "returns_none" else None for name in NAMES}
    moves = {move["student"]["name"]: (move["after"], move["another_notebook"]) for move in said["moves"]}
    assert moves == ({} if option else {"returns_none": (10.0, True)})


def test_the_best_attempt_stays_the_best(term: Term, tmp_path: Path) -> None:
    """Of two attempts another one may be the best by the corrected check; each is asked that question alone."""
    sources = {name: json.dumps(notebook_of(Case(name, TOY.parent / name))) for name in NAMES}
    handed = tmp_path / "class" / "ada"
    handed.mkdir(parents=True)
    for hour, (file, name) in enumerate({"a": "syntax_error", "b": "forgets_whole_numbers"}.items(), start=1):
        (handed / f"{file}.ipynb").write_text(sources[name])
        os.utime(handed / f"{file}.ipynb", (hour * 3600, hour * 3600))
    (tmp_path / "class" / "bo").mkdir()
    (tmp_path / "class" / "bo" / "a.ipynb").write_text(sources["all_right"])
    ada = Term(term.course, handed.parent, tmp_path / "out of ada")
    ada.run("--attempt", "best")
    assert counting(ada.out) == {"ada": (8.0, "a.ipynb"), "bo": (10.0, "a.ipynb")}, "of equals the first"
    term.edit(hidden("double"), WHOLE_NUMBERS, NO_WHOLE_NUMBERS)
    said = ada.run("--attempt", "best")
    assert counting(ada.out) == {"ada": (10.0, "b.ipynb"), "bo": (10.0, "a.ipynb")}
    assert asked(said) == {"ada": ["double"], "bo": ["double"]}
    assert [(move["after"], move["another_notebook"]) for move in said["moves"]] == [(10.0, True)]
    term.edit(hidden("flatten_images"), "reference.flatten_images", "reference.double")  # nobody is right any more
    term.edit(hidden("double"), NO_WHOLE_NUMBERS, WHOLE_NUMBERS)
    ada.run("--attempt", "best")
    ((points, file),) = [entry for student, entry in counting(ada.out).items() if student == "ada"]
    assert (points, file) == (7.0, "a.ipynb")


def counting(out: Path) -> dict[str, tuple[float, str]]:
    """The points that count for each student, and the file that earned them."""
    with sqlite3.connect(out / "gradebook.db") as db:
        rows = db.execute(
            "SELECT t.student, g.earned, s.record FROM standings t JOIN executions e ON e.id = t.execution "
            "JOIN grades g ON g.execution = e.id JOIN submissions s ON s.id = e.submission"
        ).fetchall()
    return {student: (earned, Path(json.loads(record)["path"]).name) for student, earned, record in rows}
