"""What pages say: steps, hints, code, what was asked, items of a class, who is alike; and a course's own templates."""

from __future__ import annotations

import ast
import html
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from made_class import LADDER, assignment_of, made, made_class

from grader import report
from grader.classroom.likeness import ALIKE, NUMBERS, alike, sketch
from grader.course.catalog import Course
from grader.course.handout import asked_in
from grader.records import Asked, Cell, Check, Grade, Result, Status, Student, Unreadable
from grader.report.code import code_html, code_view
from grader.report.cohort.items import Items, discrimination
from grader.report.cohort.misconceptions import Holder, Misconceptions, holders_of
from grader.report.cohort.unexplained import Unexplained
from grader.report.markdown import inline, markdown
from grader.report.overall import Column, Member, course_view
from grader.report.student.page import student_view
from grader.rules import scoring

ROOT = Path(__file__).parents[2]
ASSIGNMENT = assignment_of()
ASKED = asked_in(Course(ROOT), ASSIGNMENT.id)
F, P, U = Status.FAILED, Status.PASSED, Status.UNJUDGED


def with_checks(*checks: Check) -> tuple[Result, Grade]:
    """A student of whom these checks are as they are given, and all others passed."""
    result, _ = made(ASSIGNMENT, 0, 1.0, random.Random(0))
    given = {check.question for check in checks}
    kept = tuple(check for check in result.checks if check.question not in given)
    result = replace(result, checks=(*kept, *checks))
    return result, scoring.grade(ASSIGNMENT, result.submission.student, result.checks)


def failed(question: str, name: str = "x", **more: object) -> Check:
    return replace(Check(question, name, "A promise.", F), **more)  # type: ignore[arg-type]


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page.partition("<main")[2].partition("<script")[0]))


# ---- what to do first


def steps(*checks: Check, notes: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    result, grade = with_checks(*checks)
    result = replace(result, execution=replace(result.execution, notes=notes))
    return [(step.question, step.why) for step in student_view(result, grade, ASSIGNMENT, {}).first]


def test_nothing_is_to_be_done_where_all_is_right() -> None:
    """No step, and no heading over none."""
    result, grade = with_checks()
    assert student_view(result, grade, ASSIGNMENT, {}).first == ()
    assert "What to do first" not in report.student_page(result, grade, ASSIGNMENT)


def test_what_is_almost_right_comes_before_what_is_not_written() -> None:
    """By how much of it is right; what is unwritten comes last."""
    found = steps(
        failed("mse", not_written=True),
        failed("softmax"),
        replace(failed("train_epoch", "one"), status=P),
        replace(failed("train_epoch", "two"), status=P),
        failed("train_epoch", "three"),
        replace(failed("bump", "one"), status=P),
        failed("bump", "two"),
    )
    assert [question for question, _ in found] == ["train_epoch", "bump", "softmax"]
    assert found[0][1] == "2 of its 3 checks pass already."


def test_a_cause_comes_before_its_consequences(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken cell, then what most others need; what waits for it is no step."""
    needed = "numeric_gradient"
    waiting = [failed(id) for id in ("fit", "unscale")]
    more = {"fit": (needed,), "unscale": ("fit",)}
    questions = tuple(replace(q, needs=more.get(q.id, q.needs)) for q in ASSIGNMENT.questions)
    monkeypatch.setattr(f"{__name__}.ASSIGNMENT", replace(ASSIGNMENT, questions=questions))
    note = "Mend cell 3 first: it ended with ValueError. What it should have defined is missing: `mse`."
    found = steps(failed(needed, not_written=True), *waiting, notes=(note, "Not installed: `x`."))
    assert [what for what, _ in found] == ["", needed] and found[0][1] == note
    assert found[1][1] == "2 other questions build on it."


# ---- what a page shows of a question


def test_a_hint_has_steps() -> None:
    """One stays as it is; of three the later ones are folded, within each other."""
    page = report.student_page(*with_checks(failed("mse", diagnosis=LADDER)), ASSIGNMENT)
    hint = page.partition('<div class="hint">')[2].partition('<div class="beside">')[0]
    assert "Gradients <em>add up</em>." in hint and "Forgets <code>zero_grad</code>" in hint
    assert re.findall(r"<summary>(\w+)</summary>", hint) == ["Where", "How"] and hint.count("</details>") == 2
    one = replace(LADDER, more=())
    assert "<summary>Where" not in report.student_page(*with_checks(failed("mse", diagnosis=one)), ASSIGNMENT)


def test_what_was_asked_is_there_once() -> None:
    """The docstring with each question; the passage with the first of those that share it, where something is wrong."""
    first, second = "softmax", "cross_entropy"
    asked = ASKED | {second: replace(ASKED[second], text=ASKED[first].text)}
    page = report.student_page(*with_checks(failed(first), failed(second)), ASSIGNMENT, None, asked)
    heading = ASKED[first].text.partition("\n")[0].lstrip("# ")
    assert page.count(f"<summary>Read again: {heading}</summary>") == 1
    assert f'Read again: <a href="#q-{first}">' in page
    assert "The mean squared error." in page
    assert "<summary>Read again" not in report.student_page(*with_checks(), ASSIGNMENT, None, ASKED)


def test_the_handout_is_read_as_it_is() -> None:
    """Every question has its cell, a passage that begins at a heading or after the question before, figures within."""
    assert ASKED.keys() == {question.id for question in Course(ROOT).assignment(ASSIGNMENT.id).questions}
    assert ASKED["mse"].text.startswith("## A model and a loss")
    assert ASKED["numeric_gradient"].text.startswith("## Downhill by hand")
    assert "(data:image/svg+xml;base64," in ASKED["numeric_gradient"].text
    assert "raise NotImplementedError" in ASKED["mse"].code
    assert asked_in(Course(ROOT / "tests" / "submissions"), "01_toy") == {}


def test_code_keeps_its_numbers() -> None:
    """Lines are counted as Jupyter does, also behind a docstring of the handout's that is left out."""
    docstring = '    """What the handout says.\n\n    More.\n    """\n'
    source = f"def f(x):\n{docstring}    return x <b>\n\n\n"
    view = code_view(4, source.replace(" <b>", ""), {6}, docstring)
    assert [number for number, _ in view.lines] == [1, 2, 6] and view.lines[1][1] == '    """…"""'
    shown = str(code_html(view))
    assert shown.count("<span") == 2 and '<mark style="counter-set:n 5">' in shown
    own = code_view(4, source.replace("handout", "student"), (), docstring)
    assert len(own.lines) == 6 and "&lt;b&gt;" in str(code_html(own))


@pytest.mark.parametrize(
    "source", ["", "def f(:", "'''open", "\x00", "é" * 30_000, "%%time\nx = 1", '"' * 5_000, "\\" * 5_000]
)
def test_any_code_can_be_shown(source: str) -> None:
    """No Python, no end, too much."""
    view = code_view(1, source, {1, 99}, "")
    assert len(code_html(view)) < 60_000
    assert re.sub(r"<[^>]*>", "", str(code_html(view))).count("\n") == len(view.lines) + view.cut


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<script>x</script>", "&lt;script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("![figure](figures/a.svg)", "<em>[figure]</em>"),
        ("![x](https://example.org/x.png)", "<em>[x]</em>"),
        ("[docs](https://pytorch.org)", '<a href="https://pytorch.org" rel="noreferrer">docs</a>'),
        ("[file](data/x.csv)", "<a>file</a>"),
        ("$a^2$", "<math"),
        ("$\\nonsense{$", "<p>"),
        ("# Heading", '<p class="heading">Heading</p>'),
    ],
)
def test_markdown_asks_nobody_for_anything(text: str, due: str) -> None:
    """No markup of its own, no script, no picture from elsewhere; formulas as MathML."""
    assert due in markdown(text)
    assert "<script" not in markdown(text) and "<script" not in inline(text)


def test_staff_see_more_and_students_do_not() -> None:
    """Names of checks, the judge's detail and the replay command are in the other file only."""
    checks = (
        failed("mse", "test_secret_name", staff="Traceback: secret detail"),
        failed("softmax", status=U, staff="why"),
    )
    result, grade = with_checks(*checks)
    student, staff = (report.student_page(result, grade, ASSIGNMENT, None, ASKED, staff=who) for who in (False, True))
    for secret in ("test_secret_name", "secret detail", result.evidence.replay):
        assert html.escape(secret) in staff.replace("&#39;", "&#x27;") and secret not in html.unescape(student)
    assert "for staff" in staff and "for staff" not in student


def test_pages_stay_small() -> None:
    """A student's under 3,750 characters for each question, without pictures, style and script, whoever it is."""
    for result, grade in made_class(ASSIGNMENT, 5):
        page = report.student_page(result, grade, ASSIGNMENT, None, ASKED)
        told = len(re.sub(r"<(svg|style|script).*?</\1>|data:image[^\"]*", "", page, flags=re.S))
        assert told < 3750 * len(ASSIGNMENT.questions)


def test_names_in_titles_are_code() -> None:
    """A title such as "What `.to` returns" is set as it is meant, on a student's page and on the class's."""
    named = replace(ASSIGNMENT, questions=tuple(replace(q, title="What `.to` returns") for q in ASSIGNMENT.questions))
    graded = made_class(named, 3)
    class_page = "".join(report.class_page(named, graded, report.Lists()))
    for page in (class_page, *(report.student_page(result, grade, named) for result, grade in graded)):
        assert "What <code>.to</code> returns" in page and "`.to`" not in page


# ---- the class


def test_discrimination_is_the_corrected_item_total_correlation() -> None:
    """As NumPy computes it from the matrix of points, for items of every kind; none where nothing varies."""
    draw = np.random.default_rng(0)
    ability = draw.normal(size=200)
    points = np.clip(np.round(ability[:, None] * draw.uniform(-1, 2, 12) + draw.normal(size=(200, 12)), 1), 0, 2)
    for item in range(12):
        rest = np.delete(points, item, axis=1).sum(axis=1)
        due = np.corrcoef(points[:, item], rest)[0, 1]
        assert discrimination(points[:, item].tolist(), points.sum(axis=1).tolist()) == pytest.approx(due, abs=1e-12)
    assert discrimination([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]) is None
    assert discrimination([1.0], [1.0]) is None


T = TypeVar("T", Items, Misconceptions, Unexplained)


def seen(part: T, graded: Iterable[tuple[Result, Grade]]) -> T:
    """A part of a class page that has looked at everybody."""
    for result, grade in graded:
        part.add(result, grade)
    return part


def holders(graded: Iterable[tuple[Result, Grade]]) -> dict[str, Holder]:
    return holders_of([grade for _, grade in graded], {})


def test_items_of_golden_data() -> None:
    """Four students, three questions, worked out by hand: difficulty, discrimination, who has it right."""
    golden = json.loads((Path(__file__).parent / "golden" / "items.json").read_text())
    three = replace(ASSIGNMENT, questions=tuple(replace(q, points=2.0) for q in ASSIGNMENT.questions[:3]))
    graded = []
    for place, row in enumerate(golden["points"]):
        checks = []
        for question, earned in zip(three.questions, row, strict=True):
            checks += [Check(question.id, name, "", P if part < earned else F) for part, name in enumerate("ab")]
        result, _ = made(three, place, 1.0, random.Random(0))
        result = replace(result, checks=tuple(checks))
        graded.append((result, scoring.grade(three, Student.named(str(place)), result.checks)))
    for item, due in zip(seen(Items(three), graded).view(), golden["items"], strict=True):
        found = (item.mean, item.percent, item.discrimination)
        assert found == (due["easy"], due["complete"], due["discrimination"])


def test_of_what_nobody_has_read_nothing_is_known() -> None:
    """A question in words that waits for a person is neither easy nor hard."""
    words = replace(ASSIGNMENT, questions=(replace(ASSIGNMENT.questions[0], kind="written"),))
    result, _ = made(ASSIGNMENT, 0, 1.0, random.Random(0))
    waits = scoring.grade(words, result.submission.student, [])
    (item,) = seen(Items(words), [(result, waits)]).view()
    assert (item.mean, item.percent, item.discrimination) == (None, None, "–")


@pytest.mark.parametrize(
    ("number", "said"),
    [(10, "Half of the class holds the same misconception: Forgets `zero_grad`."), (20, "Nearly everybody holds")],
)
def test_a_plain_sentence(number: int, said: str) -> None:
    """What the numbers of a question mean."""
    graded = [with_checks(*([failed("mse", diagnosis=LADDER)] if n < number else [])) for n in range(20)]
    [item] = [item for item in seen(Items(ASSIGNMENT), graded).view() if item.id == "mse"]
    assert any(sentence.startswith(said) for sentence in item.said)


def test_a_question_that_strong_students_miss() -> None:
    """It is said, and not that it tells nobody apart; a few students say nothing."""
    others = [question.id for question in ASSIGNMENT.questions[1:]]
    graded = [with_checks(*([failed("mse")] if n < 5 else [failed(id) for id in others[n:]])) for n in range(10)]
    assert any("look at the question itself" in sentence for sentence in seen(Items(ASSIGNMENT), graded).view()[0].said)
    assert seen(Items(ASSIGNMENT), graded[:4]).view()[0].said == ()


def renamed(pair: tuple[Result, Grade], key: str) -> tuple[Result, Grade]:
    result, grade = pair
    student = Student(key, f"name of {key}")
    return replace(result, submission=replace(result.submission, student=student)), replace(grade, student=student)


def test_misconceptions_have_their_holders() -> None:
    """The commonest first, each with everybody whom it fits, once."""
    graded = [
        renamed(with_checks(failed("mse", diagnosis=LADDER), failed("mse", "y", diagnosis=LADDER)), k) for k in "ab"
    ]
    graded.append(renamed(with_checks(failed("softmax", diagnosis=LADDER)), "c"))
    found = seen(Misconceptions(), graded).view(ASSIGNMENT, holders(graded))
    assert [(one.question, [name for _, name in one.holders]) for one in found] == [
        ("mse", ["name of a", "name of b"]),
        ("softmax", ["name of c"]),
    ]


def test_equal_wrong_answers_that_nothing_explains() -> None:
    """Two or more with the same answers, none of whose checks has a diagnosis; with code and command."""

    def one(key: str, print: str, **more: object) -> tuple[Result, Grade]:
        return renamed(with_checks(failed("mse", fingerprint=print, message="wrong", **more)), key)

    graded = [one("a", "x"), one("b", "x"), one("c", "y"), one("it's", "x", diagnosis=LADDER)]
    whole = {grade.student.key: result for result, grade in graded}
    found = seen(Unexplained(), graded).view(ASSIGNMENT, holders(graded), lambda s: whole[s.key], "out put")
    [group] = found
    assert [name for _, name in group.holders] == ["name of a", "name of b"] and group.message == "wrong"
    assert group.command == "grader mistake 03_training mse a --out 'out put'"
    assert any("def mse" in line for _, line in group.code[0].lines)


def test_who_needs_a_person_is_told_per_assignment() -> None:
    """Another assignment's torn file is on that assignment's page; what belongs nobody knows where is on each."""
    torn = [Unreadable(Student.named(f"torn {id}"), "p", "why", id) for id in (ASSIGNMENT.id, "04_cnn", "")]
    page = text_of("".join(report.class_page(ASSIGNMENT, [with_checks()], report.Lists(unreadable=tuple(torn)))))
    assert f"torn {ASSIGNMENT.id}" in page and "torn 04_cnn" not in page and page.count("torn") == 2


def test_a_class_of_a_thousand_is_small() -> None:
    """Under 60 bytes for each student's question."""
    graded = made_class(ASSIGNMENT, 20)
    many = (renamed(graded[n % 20], f"a student with quite a long name {n}") for n in range(1000))
    assert sum(map(len, report.class_page(ASSIGNMENT, many, report.Lists()))) < 60 * 1000 * len(ASSIGNMENT.questions)


# ---- who is alike


SOURCE = "\n".join(
    f"def f{n}(x):\n    for i in range({n}):\n        x = x.sum(dim={n}) + i * {n}\n    return x" for n in range(9)
)


def cells(source: str) -> list[Cell]:
    return [Cell(1, source, "mse")]


def test_near_copies_are_found() -> None:
    """With other names, comments and blank lines; not what is written otherwise, and not what the handout gives."""
    copied = re.sub(r"\bx\b", "tensor", SOURCE).replace("return", "# mine\n\n    return")
    other = "\n".join(
        f"def g{n}(y):\n    return torch.stack([y[{n}:], y.exp()]).mean() if y.ndim > {n} else None" for n in range(15)
    )
    given = {"mse": Asked("mse", "", SOURCE)}
    sketches = {key: sketch(cells(text), {}) for key, text in (("a", SOURCE), ("b", copied), ("c", other))}
    assert [(one, two) for one, two, share in alike(sketches.items()) if share >= ALIKE] == [("a", "b")]
    assert sketch(cells(SOURCE), given) == [] and sketch(cells("def f(x):\n    return x"), {}) == []
    assert sketch(cells("'''open \x00 def ("), {}) == []
    handout = [Cell(n, one.code, one.question) for n, one in enumerate(ASKED.values())]
    assert sketch([Cell(99, SOURCE), *handout], ASKED) == []  # what is no answer is the handout's


def test_sketches_are_compared_a_band_at_a_time() -> None:
    """Who shares a whole band is compared; and what makes sketches, which is slow to load, is not loaded for that."""
    whole = list(range(NUMBERS))
    sketches = {
        "whole": whole,
        "same": whole,
        "near": [*whole[:-9], *range(1000, 1009)],  # all but one band
        "far": [*whole[:50], *range(2000, 2000 + NUMBERS - 50)],
        "none": [],
    }
    code = f"import sys\nfrom grader.classroom.likeness import alike\nprint(alike({list(sketches.items())}))\n"
    done = subprocess.run(
        [sys.executable, "-c", code + "assert 'datasketch' not in sys.modules"], capture_output=True, text=True
    )
    assert ast.literal_eval(done.stdout) == [
        ("whole", "same", 1.0),
        ("whole", "near", 119 / NUMBERS),
        ("same", "near", 119 / NUMBERS),
    ], done.stderr
    assert not done.returncode, done.stderr


# ---- the course


def grade_of(percent: float) -> Grade:
    _, grade = with_checks()
    return replace(grade, earned=grade.points * percent / 100)


@pytest.mark.parametrize(
    ("percents", "behind"),
    [
        ([80, 85, 50], "The last one is 32 percent of the points below those before."),
        ([80, 85, 80], ""),
        ([80, 85, None], "Handed in nothing for C."),
        ([10, 12, 11], "Among the lowest quarter each time, and far below the middle."),
        ([100, 100, 84], ""),
    ],
)
def test_who_is_falling_behind(percents: list[float | None], behind: str) -> None:
    """One who drops, one who hands in nothing, one who is always among the last; not one who is still good."""
    columns = [Column(id, id.upper(), f"class-{id}.html") for id in "abc"]
    others = [Member(f"other {n}", "", {id: grade_of(70 + n) for id in "abc"}) for n in range(6)]
    one = Member("one", "A", {id: grade_of(p) for id, p in zip("abc", percents, strict=True) if p is not None})
    view = course_view("Course", columns, [one, *others])
    assert {row.name: row.behind for row in view.behind} == ({"one": behind} if behind else {})
    assert "Who may be falling behind" in "".join(report.course_page("Course", columns, [one, *others])) or not behind


# ---- a course's own look


def test_a_course_changes_one_part(tmp_path: Path) -> None:
    """A block of a page, a whole part, a block of the style: everything else stays as it is."""
    pair = with_checks(failed("mse"))
    ours = report.student_page(*pair, ASSIGNMENT, None, ASKED)
    own = tmp_path / "block"
    own.mkdir()
    (own / "student.html").write_text(
        '{% extends "grader/student.html" %}{% block evidence %}<p>Ask us.</p>{% endblock %}'
    )
    page = report.student_page(*pair, ASSIGNMENT, own, ASKED)
    assert "<p>Ask us.</p>" in page and "How this was judged" not in page and "What to do first" in page
    own = tmp_path / "part"
    (own / "parts" / "student").mkdir(parents=True)
    (own / "parts" / "student" / "evidence.html").write_text("<p>Ask us.</p>")
    assert report.student_page(*pair, ASSIGNMENT, own, ASKED) == page
    own = tmp_path / "style"
    own.mkdir()
    (own / "base.html").write_text(
        '{% extends "grader/base.html" %}{% block style %}{{ super() }}:root { --accent: #800; }{% endblock %}'
    )
    page = report.student_page(*pair, ASSIGNMENT, own, ASKED)
    assert "--accent: #800" in page and page.replace(":root { --accent: #800; }", "") == ours


def test_a_course_has_its_own_script(tmp_path: Path) -> None:
    """The policy names the script that is there."""
    (tmp_path / "page.js").write_text("document.title = '<ours>';")
    page = report.student_page(*with_checks(), ASSIGNMENT, tmp_path)
    assert page.count("<script>") == 1 and "document.title = '<ours>';</script>" in page
    assert re.search(r"script-src 'sha256-[\w+/=]{44}'", page)
