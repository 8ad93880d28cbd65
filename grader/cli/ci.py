"""What machines that run tests read: JUnit files, GitHub's annotations, a summary of a job in Markdown."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from grader.errors import UsageError
from grader.records import Standing, Unreadable
from grader.storage import FORMAT, to_json
from grader.text import clean, points

if TYPE_CHECKING:
    from grader.authoring.faults import Fault
    from grader.authoring.validate import Proof
    from grader.classroom.roll import Row
    from grader.rehearsal.run import Told

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+!|~$&:@-])")
PLACE = re.compile(r"(?P<file>.+?\.\w+)(?:::(?P<test>\w+)|:(?P<line>\d+)|: (?P<key>[\w. ]+))?")  # of a fault
SHOWN_FAULTS = 100  # in a job's summary, which may hold a megabyte


# ---- proofs


def proofs_json(proofs: Iterable[Proof]) -> dict[str, object]:
    """Proofs as plain data."""
    found = [json.loads(to_json(proof)) for proof in proofs]
    for proof in found:
        proof.pop("format")
    return {"format": FORMAT, "proofs": found, "faults": sum(len(proof["faults"]) for proof in found)}


def junit(proofs: Sequence[Proof]) -> str:
    """Proofs as a JUnit file: a suite per assignment, a case per question, a failure with all its faults."""
    root = ElementTree.Element("testsuites", name="grader validate")
    for id in dict.fromkeys(proof.assignment for proof in proofs):
        own = [proof for proof in proofs if proof.assignment == id]
        bad = sum(bool(proof.faults) for proof in own)
        suite = ElementTree.SubElement(root, "testsuite", name=id, tests=str(len(own)), failures=str(bad), errors="0")
        for proof in own:
            case = ElementTree.SubElement(suite, "testcase", classname=id, name=proof.question or "files")
            if proof.faults:
                failure = ElementTree.SubElement(case, "failure", message=_xml(str(proof.faults[0])))
                failure.text = _xml("\n".join(map(str, proof.faults)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def marked(faults: Iterable[Fault]) -> Iterator[str]:
    """A line per fault that GitHub shows beside the line of the file."""
    for fault in faults:
        file, line = position(fault)
        place = f"file={_property(file)},line={line}," if file else ""
        yield f"::error {place}title={_property(fault.what)}::{_data(str(fault))}"


def position(fault: Fault) -> tuple[str, int]:
    """File, as seen from the repository's root, and line of a fault; "" for a place that is no file."""
    found = PLACE.fullmatch(fault.where)
    if not found:
        return "", 1
    file = Path(found["file"])
    if found["line"] or not file.is_file():
        return _relative(file), int(found["line"] or 1)
    wanted = rf"\s*def {found['test']}\b" if found["test"] else _key_pattern(found["key"] or "")
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if wanted else []
    return _relative(file), next((n for n, text in enumerate(lines, start=1) if re.match(wanted, text)), 1)


def _key_pattern(key: str) -> str:
    """Where `double.points` stands in a table: at the block of that id; or where `curriculum.R1` does."""
    first, _, last = key.partition(".")
    return rf"""\s*(id\s*=\s*["']{first}["']|{re.escape(last or first)}\s*=)""" if key else ""


def proofs_summary(proofs: Sequence[Proof]) -> str:
    """What was proved, for the page of the job."""
    lines = ["| assignment | questions | proved before | faults |", "|---|--:|--:|--:|"]
    for id in dict.fromkeys(proof.assignment for proof in proofs):
        own = [proof for proof in proofs if proof.assignment == id]
        asked, known = sum(bool(proof.question) for proof in own), sum(proof.remembered for proof in own)
        lines.append(f"| {id} | {asked} | {known} | {sum(len(proof.faults) for proof in own)} |")
    faults = [fault for proof in proofs for fault in proof.faults]
    lines += ["", *(f"- {_text(str(fault))}" for fault in faults[:SHOWN_FAULTS])]
    lines += [f"- and {len(faults) - SHOWN_FAULTS} more"] if len(faults) > SHOWN_FAULTS else []
    return "\n".join(lines)


# ---- submissions


def class_summary(rows: Iterable[Row], unreadable: Iterable[Unreadable]) -> str:
    """A graded class, for the page of the job. Names are students' own and can make no markup."""
    lines = ["| student | assignment | points | of | |", "|---|---|--:|--:|---|"]
    for row in rows:
        grade = row.grade
        remark = "needs a person" if grade.status is Standing.UNJUDGED else ""
        name, earned = _text(clean(row.shown, 60)), points(grade.earned)
        lines.append(f"| {name} | {grade.assignment} | {earned} | {points(grade.points)} | {remark} |")
    for entry in unreadable:
        name, reason = _text(clean(entry.student.name, 60)), _text(clean(entry.reason, 300))
        lines.append(f"| {name} | | | | needs a person: {reason} |")
    return "\n".join(lines)


def checks_summary(answers: Iterable[Told]) -> str:
    """The public checks of a notebook, for the page of the job."""
    lines = ["| question | public checks | |", "|---|--:|---|"]
    for answer in answers:
        said = _text(clean(answer.said, 300))
        lines.append(f"| {_text(answer.title)} | {answer.held} of {answer.checks} | {said} |")
    return "\n".join(lines)


# ---- GitHub


def page_of_job() -> Path:
    """The file that becomes the page of the job that runs. Raises UsageError where there is none."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        raise UsageError("--github: there is no GITHUB_STEP_SUMMARY; it is set where GitHub Actions runs a job")
    return Path(file)


def add_summary(text: str) -> None:
    """Append to the page of the job. Raises UsageError where there is none."""
    with page_of_job().open("a", encoding="utf-8") as page:
        page.write(text + "\n")


@contextlib.contextmanager
def no_commands() -> Iterator[None]:
    """Meanwhile nothing that is printed is a command to the runner: it may hold a student's words."""
    word = secrets.token_hex(16)
    print(f"::stop-commands::{word}", flush=True)
    try:
        yield
    finally:
        print(f"::{word}::", flush=True)


def _relative(path: Path) -> str:
    root = Path(os.environ.get("GITHUB_WORKSPACE", ".")).resolve()
    found = path.resolve()
    return found.relative_to(root).as_posix() if found.is_relative_to(root) else str(path)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _text(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _xml(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "�", text)
