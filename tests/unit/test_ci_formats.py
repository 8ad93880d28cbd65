"""What is written for machines: JUnit, annotations, Markdown. Foreign text stays text in each of them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from grader.authoring.faults import Fault
from grader.authoring.validate import Proof
from grader.cli import ci
from grader.errors import UsageError
from grader.records import Status
from grader.rehearsal.run import Told

FAULT = Fault("a.py:3", "M1 passes <every> check: 100 %,\nall of them \x00", "sharpen", "one")
PROOFS = [Proof("01_a", "", ()), Proof("01_a", "one", (FAULT, FAULT)), Proof("02_b", "two", (), remembered=True)]


def test_junit() -> None:
    """A suite per assignment, a case per question; markup and control characters do no harm."""
    root = ElementTree.fromstring(ci.junit(PROOFS))
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("01_a", "2", "1"),
        ("02_b", "1", "0"),
    ]
    [failure] = root.iter("failure")
    assert "M1 passes <every> check" in failure.get("message", "") and (failure.text or "").count("\n") == 1


def test_json() -> None:
    """Everything, and how many faults there are."""
    found = json.loads(json.dumps(ci.proofs_json(PROOFS)))
    assert found["faults"] == 2
    assert found["proofs"][1]["faults"][0]["where"] == "a.py:3" and found["proofs"][2]["remembered"] is True


def test_an_annotation_is_one_line() -> None:
    """Line ends, colons and commas are written as the runner wants them."""
    [line] = ci.marked([FAULT])
    assert line.startswith("::error file=a.py,line=3,title=M1 passes <every> check%3A 100 %25%2C%0Aall of them")
    assert "\n" not in line


@pytest.mark.parametrize(
    ("where", "file", "line"),
    [
        ("{0}/a.b/test_x.py::test_two", "a.b/test_x.py", 4),
        ("{0}/a.b/test_x.py:2", "a.b/test_x.py", 2),
        ("{0}/a.b/test_x.py", "a.b/test_x.py", 1),
        ("{0}/a.b/test_x.py::test_three", "a.b/test_x.py", 1),
        ("{0}/assignment.toml: two.points", "assignment.toml", 4),
        ("{0}/assignment.toml: curriculum.R2", "assignment.toml", 6),
        ("{0}/gone.py:7", "gone.py", 7),
        ("the suite", "", 1),
    ],
)
def test_where_a_fault_is_marked(
    where: str, file: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the line that it names, at the test, or at the question's block; from the repository's root."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    (tmp_path / "a.b").mkdir()
    (tmp_path / "a.b" / "test_x.py").write_text("def test_one(): ...\n\n\ndef test_two(): ...\n")
    (tmp_path / "assignment.toml").write_text(
        '[[questions]]\nid = "one"\n[[questions]]\nid = "two"\n[curriculum]\nR2 = ""\n'
    )
    assert ci.position(Fault(where.format(tmp_path), "w", "f")) == (file, line)


def test_the_page_of_a_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is added comes after what is there; without a job it is a wrong call."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    with pytest.raises(UsageError, match="no GITHUB_STEP_SUMMARY"):
        ci.add_summary("x")
    page = tmp_path / "page.md"
    page.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    ci.add_summary(ci.proofs_summary(PROOFS))
    lines = page.read_text().splitlines()
    assert lines[0] == "before" and "| 01_a | 1 | 0 | 2 |" in lines and "| 02_b | 1 | 1 | 0 |" in lines


def test_foreign_text_is_no_markup() -> None:
    """A message with a table's bars, tags, links and line ends stays in its cell."""
    said = "a | b\n# c <img src=x> [d](http://e) `f`"
    told = Told("Q", Status.FAILED, said, said, 0, 1, ())
    [*_, row] = ci.checks_summary([told]).splitlines()
    assert row.count("|") - row.count("\\|") == 4
    assert "<img" not in row.replace("\\<img", "") and "](" not in row.replace("\\]\\(", "")


def test_no_line_is_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The runner listens again only after a word that nobody could know."""
    words = []
    for _ in range(2):
        with ci.no_commands():
            print("::error::x")
        first, middle, last = capsys.readouterr().out.splitlines()
        word = first.removeprefix("::stop-commands::")
        assert middle == "::error::x" and last == f"::{word}::" and len(word) == 32
        words.append(word)
    assert words[0] != words[1]
